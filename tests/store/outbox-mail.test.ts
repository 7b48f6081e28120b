import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { SMTPServerOptions } from 'smtp-server';
import type { Place } from '#shared/contract/outbox.ts';
import { openMail } from '#main/outbox/mail.ts';
import type { Parcel } from '#main/outbox/transport.ts';
import { failureOf } from '#tests/support/delivery-failures.ts';
import {
  inTurn,
  seededPlan,
  startFaultyProxy,
  type Fault,
  type FaultyProxy,
} from '#tests/support/faulty-proxy.ts';
import {
  MAIL_PASSWORD,
  MAIL_USER,
  makeCertificate,
  startMail,
  trust,
  type Certificate,
  type MailServer,
  type Says,
} from '#tests/support/mail-server.ts';
import { ODD_NAMES, parcelOf } from '#tests/support/parcels.ts';
import { seeded } from '#tests/support/random.ts';

/** Sending by mail to a real server of SMTP; what it took over is read back by a parser that is not the sender's. */
type MailPlace = Extract<Place, { kind: 'mail' }>;
const never = new AbortController().signal;
const secrets = [MAIL_PASSWORD];
const report = (name = '단골거리 보고서_1a2b3c4d.xlsx', bytes = 20_000): Parcel =>
  parcelOf(name, Buffer.alloc(bytes, Buffer.from(seeded(3).bytes(4_093))));

const placeAt = (port: number, more: Partial<MailPlace> = {}): MailPlace => ({
  kind: 'mail',
  host: '127.0.0.1',
  port,
  security: 'none',
  user: MAIL_USER,
  from: 'trainer@dangol.example',
  to: ['office@dangol.example'],
  ...more,
});

async function server(options?: SMTPServerOptions, says?: Says): Promise<MailServer> {
  const started = await startMail(options, says);
  onTestFinished(() => started.close());
  return started;
}

describe('a mail', () => {
  it.each(ODD_NAMES)('carries %s whole, with what it is in words', async (name) => {
    const { port, mails, raw } = await server();
    const parcel = report(name);
    expect(await openMail(placeAt(port), MAIL_PASSWORD).send(parcel, never)).toBe('arrived');
    const [mail] = mails;
    expect(mail).toMatchObject({
      messageId: `<${parcel.key}.${parcel.sha256.slice(0, 12)}@dangol.example>`,
      subject: '[단골수첩] 2024년 단골거리 보고서',
      date: new Date(parcel.queuedAt),
    });
    expect(mail!.text).toContain(parcel.sha256);
    expect(mail!.text).toContain('20,000바이트');
    expect(mail!.attachments).toHaveLength(1);
    expect(mail!.attachments[0]).toMatchObject({ filename: name });
    expect(raw[0]).toContain(`Content-Type: ${parcel.contentType}`);
    expect(mail!.attachments[0]!.content.equals(parcel.bytes)).toBe(true);
    // RFC 2231: a name beyond ASCII is written as name*0*=utf-8''…
    if (/[^\x20-\x7e]/.test(name)) expect(raw[0]).toMatch(/filename\*0\*=utf-8''/);
  });

  it('is the same at every try, so that a second one is known', async () => {
    const { port, mails } = await server();
    const transport = openMail(placeAt(port), MAIL_PASSWORD);
    await transport.send(report(), never);
    await transport.send(report(), never);
    const [first, second] = mails.map(({ messageId, date, subject, text }) => ({
      messageId,
      date,
      subject,
      text,
    }));
    expect(second).toEqual(first);
  });

  it('of 20 MB', async () => {
    const { port, mails } = await server();
    const parcel = report('큰 보고서.xlsx', 20 * 1024 * 1024);
    expect(await openMail(placeAt(port), MAIL_PASSWORD).send(parcel, never)).toBe('arrived');
    expect(mails[0]!.attachments[0]!.content.equals(parcel.bytes)).toBe(true);
  });

  it.each([
    '제목\r\nBcc: spy@evil.example',
    '제목\nBcc: spy@evil.example\n\nbody',
    '제목\rX-Evil: 1',
    '제목\u2028Bcc: spy@evil.example',
    '제목\0\u0085끝',
  ])('gets no header from a title or a name: %j', async (title) => {
    const { port, mails } = await server();
    await openMail(placeAt(port), MAIL_PASSWORD).send(
      parcelOf(`${title}.xlsx`, Buffer.from('x'), { title }),
      never,
    );
    const [mail] = mails;
    expect(mail!.bcc).toBeUndefined();
    expect([...mail!.headers.keys()].filter((name) => /evil|bcc/.test(name))).toEqual([]);
    expect(mail!.subject).toMatch(/^\[단골수첩\] 제목 [^\p{Cc}]*$/u);
    expect(mail!.attachments[0]!.filename).toMatch(/^제목 [^\p{Cc}]*\.xlsx$/u);
  });

  it('goes to all recipients at once', async () => {
    const { port, mails } = await server();
    const to = ['a@dangol.example', 'b@dangol.example'];
    await openMail(placeAt(port, { to }), MAIL_PASSWORD).send(report(), never);
    expect(mails).toHaveLength(1);
    expect([mails[0]!.to].flat().map((one) => one!.text)).toEqual(['a@dangol.example, b@dangol.example']);
  });

  it('needs no sign-in where there is no user', async () => {
    const started = await server({ authOptional: true });
    expect(await openMail(placeAt(started.port, { user: '' }), null).send(report(), never)).toBe('arrived');
    expect(started.signIns).toBe(0);
  });
});

describe('the test', () => {
  it('goes up to the sign-in and sends nothing', async () => {
    const started = await server();
    await openMail(placeAt(started.port), MAIL_PASSWORD).test(never);
    expect([started.signIns, started.mails.length]).toEqual([1, 0]);
  });

  it('says that the password is wrong', async () => {
    const { port } = await server();
    const seen = await failureOf(openMail(placeAt(port), '틀린 암호').test(never), ['틀린 암호']);
    expect(seen).toMatchObject({ code: 'DELIVERY_SIGN_IN', lasting: true });
  });

  it('can be ended while the server hangs', async () => {
    const { port } = await server();
    const proxy = await startFaultyProxy(port, () => ({ kind: 'delay', ms: 600_000 }));
    onTestFinished(() => proxy.close());
    const transport = openMail(placeAt(proxy.port), MAIL_PASSWORD);
    for (const run of [
      () => transport.test(AbortSignal.timeout(200)),
      () => transport.send(report(), AbortSignal.timeout(200)),
    ]) {
      expect(await failureOf(run(), secrets)).toMatchObject({ code: 'DELIVERY_TIMEOUT', offline: true });
    }
    expect((await failureOf(transport.test(AbortSignal.abort()), secrets)).code).toBe('DELIVERY_STOPPED');
    expect((await failureOf(transport.send(report(), AbortSignal.abort()), secrets)).code).toBe(
      'DELIVERY_STOPPED',
    );
  });
});

describe('what the server says', () => {
  const cases: [string, Says, object][] = [
    [
      'too busy to greet',
      (step) => (step === 'connect' ? '421 4.3.2 busy' : undefined),
      { code: 'DELIVERY_BUSY', lasting: false },
    ],
    [
      'greylisted',
      (step) => (step === 'recipient' ? '450 4.7.1 greylisted' : undefined),
      { code: 'DELIVERY_BUSY', lasting: false, params: { status: '450 4.7.1' } },
    ],
    [
      'over quota for now',
      (step) => (step === 'data' ? '452 4.2.2 full' : undefined),
      { code: 'DELIVERY_BUSY', lasting: false },
    ],
    [
      'no such recipient',
      (step) => (step === 'recipient' ? '550 5.1.1 nobody' : undefined),
      { code: 'DELIVERY_RECIPIENT', lasting: true, params: { address: 'office@dangol.example' } },
    ],
    [
      'not this sender',
      (step) => (step === 'sender' ? '553 5.7.1 not yours' : undefined),
      { code: 'DELIVERY_SENDER', lasting: true },
    ],
    [
      'a sign-in is needed',
      (step) => (step === 'sender' ? '530 5.7.0 sign in' : undefined),
      { code: 'DELIVERY_SIGN_IN', lasting: true },
    ],
    [
      'too large, by 552',
      (step) => (step === 'data' ? '552 5.3.4 too large' : undefined),
      { code: 'DELIVERY_TOO_LARGE', lasting: true, params: { bytes: 20_000 } },
    ],
    [
      'too large, by 554',
      (step) => (step === 'data' ? '554 5.3.4 too large' : undefined),
      { code: 'DELIVERY_TOO_LARGE', lasting: true },
    ],
    [
      'spam',
      (step) => (step === 'data' ? '554 5.7.1 spam' : undefined),
      { code: 'DELIVERY_MAIL_REFUSED', lasting: true, params: { status: '554 5.7.1' } },
    ],
  ];
  it.each(cases)('%s', async (_what, says, expected) => {
    const { port, mails } = await server({}, says);
    const seen = await failureOf(openMail(placeAt(port), MAIL_PASSWORD).send(report(), never), secrets);
    expect(seen).toMatchObject({ offline: false, ...expected });
    expect(mails).toEqual([]);
  });

  it('a sign-in that is refused, and one that is not offered', async () => {
    const { port } = await server();
    const seen = await failureOf(openMail(placeAt(port), null).send(report(), never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_SIGN_IN', lasting: true });
    const open = await server({ authOptional: true, disabledCommands: ['AUTH'] });
    const other = await failureOf(openMail(placeAt(open.port), MAIL_PASSWORD).send(report(), never), secrets);
    expect(other).toMatchObject({ code: 'DELIVERY_SIGN_IN', lasting: true });
    expect(open.mails).toEqual([]);
  });

  it('a largest size that is announced is heeded before a byte is sent', async () => {
    const asked: string[] = [];
    const { port } = await server({ size: 10_000 }, (step) => void asked.push(step));
    const seen = await failureOf(openMail(placeAt(port), MAIL_PASSWORD).send(report(), never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_TOO_LARGE', lasting: true, params: { bytes: 20_000 } });
    expect(asked).toEqual(['connect']);
  });

  it('one recipient of two: the mail is out, and a person decides', async () => {
    const says: Says = (step, address) =>
      step === 'recipient' && address.startsWith('gone') ? '550 5.1.1 nobody' : undefined;
    const { port, mails } = await server({}, says);
    const to = ['office@dangol.example', 'gone@dangol.example'];
    const seen = await failureOf(
      openMail(placeAt(port, { to }), MAIL_PASSWORD).send(report(), never),
      secrets,
    );
    const params = { address: 'gone@dangol.example' };
    expect(seen).toMatchObject({ code: 'DELIVERY_RECIPIENT_SOME', lasting: true, params });
    expect(mails).toHaveLength(1);
  });
});

describe('in secret', () => {
  let certificate: Certificate;
  beforeAll(() => void (certificate = makeCertificate()));

  it.each([
    ['tls', { secure: true }],
    ['starttls', { hideSTARTTLS: false, allowInsecureAuth: false }],
  ] as const)('%s: with a certificate that is trusted', async (security, options) => {
    onTestFinished(trust(certificate));
    const { port, mails } = await server({ ...options, ...certificate });
    const transport = openMail(placeAt(port, { security }), MAIL_PASSWORD);
    await transport.test(never);
    expect(await transport.send(report(), never)).toBe('arrived');
    expect(mails).toHaveLength(1);
  });

  it.each([
    ['tls', { secure: true }],
    ['starttls', { hideSTARTTLS: false }],
  ] as const)('%s: with one that nobody knows, nothing is said', async (security, options) => {
    const started = await server({ ...options, ...certificate });
    const transport = openMail(placeAt(started.port, { security }), MAIL_PASSWORD);
    for (const run of [() => transport.send(report(), never), () => transport.test(never)]) {
      expect(await failureOf(run(), secrets)).toMatchObject({ code: 'DELIVERY_CERTIFICATE', lasting: false });
    }
    expect([started.signIns, started.mails.length]).toEqual([0, 0]);
  });

  it.each(['starttls', 'tls'] as const)(
    '%s where there is none is no reason to go without',
    async (security) => {
      const started = await server({ disabledCommands: ['STARTTLS'] });
      const transport = openMail(placeAt(started.port, { security }), MAIL_PASSWORD);
      for (const run of [() => transport.send(report(), never), () => transport.test(never)]) {
        expect(await failureOf(run(), secrets)).toMatchObject({ code: 'DELIVERY_TLS', lasting: false });
      }
      expect([started.signIns, started.mails.length]).toEqual([0, 0]);
    },
  );
});

describe('through a proxy that breaks', () => {
  let started: MailServer;
  let proxy: FaultyProxy;
  beforeAll(async () => {
    started = await startMail();
    proxy = await startFaultyProxy(started.port);
  });
  afterEach(() => {
    started.mails.length = 0;
    proxy.plan(() => ({ kind: 'none' }));
  });
  afterAll(async () => {
    await proxy.close();
    await started.close();
  });

  const cases: [string, Fault, number][] = [
    ['a closed door', { kind: 'refuse' }, 0],
    ['a cut before the first word', { kind: 'cutUp', after: 0 }, 0],
    ['a cut in the sign-in', { kind: 'cutUp', after: 40 }, 0],
    ['a cut in the message', { kind: 'cutUp', after: 10_000 }, 0],
    ['no greeting', { kind: 'cutDown', after: 0 }, 0],
    ['half a greeting', { kind: 'cutDown', after: 10 }, 0],
    ['half an answer', { kind: 'cutDown', after: 150 }, 0],
    // The one that SMTP cannot decide: the server has the mail, and the sender cannot know.
    ['a swallowed answer to the whole message', { kind: 'swallow', after: '\r\n354 ' }, 1],
  ];
  it.each(cases)('%s', async (_what, fault, taken) => {
    const parcel = report();
    const transport = openMail(placeAt(proxy.port), MAIL_PASSWORD);
    proxy.plan(inTurn(fault));
    expect(await failureOf(transport.send(parcel, never), secrets)).toMatchObject({
      code: 'DELIVERY_CUT',
      lasting: false,
    });
    expect(started.mails).toHaveLength(taken);
    expect(await transport.send(parcel, never)).toBe('arrived');
    expect(started.mails).toHaveLength(taken + 1);
    expect(new Set(started.mails.map(({ messageId }) => messageId)).size).toBe(1);
    for (const mail of started.mails) expect(mail.attachments[0]!.content.equals(parcel.bytes)).toBe(true);
  });

  it('twenty mails, a fault in every second: each is there whole, once by its Message-ID', async () => {
    const kinds = ['refuse', 'cutUp', 'cutDown', 'delay', 'swallow'] as const;
    proxy.plan(seededPlan(5, { share: 0.5, kinds, bytes: 6_000, after: '\r\n354 ' }));
    const transport = openMail(placeAt(proxy.port), MAIL_PASSWORD);
    const parcels = Array.from({ length: 20 }, (_, n) =>
      parcelOf(`${n}.xlsx`, seeded(n).bytes(3_000), { key: `k${n}` }),
    );
    for (const parcel of parcels) {
      let tries = 0;
      while (
        !(await transport.send(parcel, never).then(
          () => true,
          () => false,
        ))
      )
        expect((tries += 1)).toBeLessThan(100);
    }
    const byId = new Map(started.mails.map((mail) => [mail.messageId, mail.attachments[0]!.content]));
    expect(byId.size).toBe(parcels.length);
    for (const { key, sha256, bytes } of parcels)
      expect(byId.get(`<${key}.${sha256.slice(0, 12)}@dangol.example>`)!.equals(bytes)).toBe(true);
    for (const kind of kinds) expect(proxy.injected[kind]).toBeGreaterThan(0);
    // Only a swallowed answer makes a second mail.
    expect(started.mails.length - byId.size).toBeLessThanOrEqual(proxy.injected.swallow);
  });

  it('nobody listens', async () => {
    const gone = await startFaultyProxy(started.port);
    await gone.close();
    const seen = await failureOf(openMail(placeAt(gone.port), MAIL_PASSWORD).send(report(), never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_OFFLINE', lasting: false, offline: true });
  });

  it('a name that no server knows', async () => {
    const transport = openMail(placeAt(25, { host: 'dangol.invalid' }), MAIL_PASSWORD);
    const seen = await failureOf(transport.send(report(), never), secrets);
    expect(seen).toMatchObject({ code: 'DELIVERY_OFFLINE', lasting: false, offline: true });
  });
});
