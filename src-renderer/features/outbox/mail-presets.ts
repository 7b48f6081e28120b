import type { Form } from './destination-form.ts';

/**
 * Servers of the mail services that are common here, as public configurations of programs that send through them have
 * them (looked at in November 2026; the services' own pages were not at hand). The test button has the last word. Each
 * wants a password made for one program where sign-in has a second step. Microsoft's administrators must allow SMTP
 * sign-in (SMTP AUTH), which is off by default from the end of December 2026 on (Message Center MC786329).
 */
export const mailPresets = {
  naver: { host: 'smtp.naver.com', port: '587', security: 'starttls' },
  daum: { host: 'smtp.daum.net', port: '465', security: 'tls' },
  kakao: { host: 'smtp.kakao.com', port: '465', security: 'tls' },
  gmail: { host: 'smtp.gmail.com', port: '587', security: 'starttls' },
  microsoft: { host: 'smtp.office365.com', port: '587', security: 'starttls' },
} as const satisfies Record<string, Pick<Form, 'host' | 'port' | 'security'>>;

export type MailPreset = keyof typeof mailPresets;
export const mailPresetNames = Object.keys(mailPresets) as MailPreset[];

/** The service whose server stands in the form; null for another. */
export function presetOf({ host }: Pick<Form, 'host'>): MailPreset | null {
  return mailPresetNames.find((name) => mailPresets[name].host === host.trim().toLowerCase()) ?? null;
}
