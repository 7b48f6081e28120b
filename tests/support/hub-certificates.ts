import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** An authority of its own, and a certificate that it signed for `localhost`: `server.crt`, `server.key` and `ca.crt` there. */
export function makeCertificates(dir: string): { readonly ca: string } {
  const at = (name: string): string => path.join(dir, name);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'pipe' });
  const key = (name: string): string[] => ['-newkey', 'rsa:2048', '-nodes', '-keyout', at(name)];
  openssl(
    'req',
    '-x509',
    ...key('ca.key'),
    '-out',
    at('ca.crt'),
    '-days',
    '30',
    '-subj',
    '/CN=Test authority',
  );
  openssl('req', ...key('server.key'), '-out', at('server.csr'), '-subj', '/CN=localhost');
  fs.writeFileSync(at('names'), 'subjectAltName=DNS:localhost\n');
  openssl(
    ...[
      'x509',
      '-req',
      '-in',
      at('server.csr'),
      '-CA',
      at('ca.crt'),
      '-CAkey',
      at('ca.key'),
      '-CAcreateserial',
    ],
    ...['-days', '30', '-extfile', at('names'), '-out', at('server.crt')],
  );
  fs.chmodSync(at('server.key'), 0o600);
  return { ca: fs.readFileSync(at('ca.crt'), 'utf8') };
}
