import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { makeScratchDir } from './laptop.ts';

export const MAIL_USER = 'trainer@dangol.example';
export const MAIL_PASSWORD = '메일 비밀:p@ss';

export interface MailServer {
  readonly port: number;
  /** What it took over, in order. */
  readonly mails: ParsedMail[];
  /** The raw message of each. */
  readonly raw: string[];
  /** The port that each came from. */
  readonly ports: number[];
  /** How many connections signed in. */
  signIns: number;
  close(): Promise<void>;
}

export type Step = 'connect' | 'sender' | 'recipient' | 'data';
/** What it says to a step, such as `450 4.7.1 later`; it goes on where there is nothing to say. */
export type Says = (step: Step, address: string) => string | undefined;

/** A server of SMTP on loopback that wants a sign-in. Whoever starts it closes it. */
export async function startMail(
  options: SMTPServerOptions = {},
  says: Says = () => undefined,
): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  const raw: string[] = [];
  const ports: number[] = [];
  const state = { signIns: 0 };
  const server = new SMTPServer({
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth({ username, password }, _session, done) {
      const known = username === MAIL_USER && password === MAIL_PASSWORD;
      if (known) state.signIns += 1;
      done(known ? null : answer('535 5.7.8 no'), known ? { user: username } : undefined);
    },
    onConnect: (_session, done) => done(answer(says('connect', ''))),
    onMailFrom: ({ address }, _session, done) => done(answer(says('sender', address))),
    onRcptTo: ({ address }, _session, done) => done(answer(says('recipient', address))),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => void take());
      async function take(): Promise<void> {
        const refusal = stream.sizeExceeded ? '552 5.3.4 too big' : says('data', '');
        if (refusal !== undefined) return done(answer(refusal));
        const whole = Buffer.concat(parts);
        const mail = await simpleParser(whole);
        raw.push(whole.toString('latin1'));
        mails.push(mail);
        ports.push(session.remotePort);
        done();
      }
    },
    ...options,
  });
  // A connection that the proxy cut is no error of the test.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    raw,
    ports,
    get signIns() {
      return state.signIns;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function answer(text: string | undefined): Error | null {
  if (text === undefined) return null;
  return Object.assign(new Error(text.slice(4)), { responseCode: Number(text.slice(0, 3)) });
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate for 127.0.0.1 and localhost that only whoever was told so trusts. */
export function makeCertificate(): Certificate {
  const dir = makeScratchDir();
  try {
    const [key, cert] = [path.join(dir, 'key.pem'), path.join(dir, 'cert.pem')];
    const args = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost';
    const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', cert];
    execFileSync('openssl', [...args.split(' '), ...names], { stdio: 'pipe' });
    return { key: fs.readFileSync(key, 'utf8'), cert: fs.readFileSync(cert, 'utf8') };
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

/** Makes this process trust it; the function that it gives takes that back. */
export function trust({ cert }: Certificate): () => void {
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, cert]);
  return () => tls.setDefaultCACertificates(before);
}
