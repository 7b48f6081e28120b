import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { makeScratchDir } from './laptop.ts';

export const DAV_USER = '김민지';
export const DAV_PASSWORD = '비밀:p@ss word';

export interface WebdavServer {
  readonly port: number;
  /** The folder `보고서` on it. */
  readonly url: string;
  /** The same folder on the disk. */
  readonly dir: string;
  /** What is in it, hidden files too. */
  names(): string[];
  close(): Promise<void>;
}

/** Where Debian's `apache2-bin` puts them. */
const APACHE = '/usr/sbin/apache2';
const MODULES = '/usr/lib/apache2/modules';
const WANTED = ['mpm_event', 'authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_basic'];
const DAV = ['dav', 'dav_fs', 'dav_lock', 'headers'];

/** Why there can be no Apache here, or null. The runner installs it on Debian as root. */
export function whyNoApache(): string | null {
  if (process.platform !== 'linux') return 'it takes Apache as Debian has it';
  return [APACHE, `${MODULES}/mod_dav.so`].every((file) => fs.existsSync(file))
    ? null
    : 'Apache (apache2-bin) is not installed';
}

/**
 * Apache with mod_dav on loopback, with a folder, a configuration and a password of its own. `limit`: the largest request
 * body, in bytes. It ends with this process, even when that is killed.
 */
export async function startWebdav({ limit = 0 } = {}): Promise<WebdavServer> {
  const dir = makeScratchDir();
  const files = path.join(dir, 'files');
  const folder = path.join(files, '보고서');
  fs.mkdirSync(folder, { recursive: true });
  fs.mkdirSync(path.join(dir, 'lock'));
  const sha = createHash('sha1').update(DAV_PASSWORD).digest('base64');
  fs.writeFileSync(path.join(dir, 'passwords'), `${DAV_USER}:{SHA}${sha}\n`);
  const asRoot = process.getuid?.() === 0;
  // Started as root its workers are www-data, which must reach and write the folder.
  if (asRoot) execFileSync('chown', ['-R', 'www-data:www-data', dir]);
  const port = await freePort();
  const config = path.join(dir, 'apache.conf');
  fs.writeFileSync(config, configuration({ dir, port, limit, asRoot }));
  const stop = await run(config);
  return {
    port,
    url: `http://127.0.0.1:${port}/${encodeURIComponent('보고서')}`,
    dir: folder,
    names: () => fs.readdirSync(folder).sort(),
    async close() {
      await stop();
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}

function configuration({
  dir,
  port,
  limit,
  asRoot,
}: {
  dir: string;
  port: number;
  limit: number;
  asRoot: boolean;
}) {
  return [
    ...[...WANTED, ...DAV].map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`),
    `ServerRoot ${dir}`,
    'ServerName 127.0.0.1',
    `Listen 127.0.0.1:${port}`,
    `PidFile ${dir}/pid`,
    `DefaultRuntimeDir ${dir}`,
    // Node gives a child sockets, and Apache opens only files and programs.
    'ErrorLog "|/bin/cat"',
    ...(asRoot ? ['User www-data', 'Group www-data'] : []),
    // Its readiness and its end should not wait for workers that a test does not need.
    'StartServers 1',
    'ThreadsPerChild 16',
    'MinSpareThreads 1',
    'MaxRequestWorkers 16',
    'ServerLimit 1',
    `DocumentRoot ${dir}/files`,
    `DavLockDB ${dir}/lock/db`,
    `<Directory ${dir}/files>`,
    '  Dav On',
    '  AuthType Basic',
    '  AuthName dangol',
    `  AuthUserFile ${dir}/passwords`,
    '  Require valid-user',
    `  LimitRequestBody ${limit}`,
    '</Directory>',
    '',
  ].join('\n');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Resolves when Apache says that it serves; the function that it gives ends it. */
function run(config: string): Promise<() => Promise<void>> {
  const args = ['--pdeathsig', 'TERM', APACHE, '-f', config, '-DFOREGROUND'];
  const child = spawn('setpriv', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Apache ended with ${code}:\n${said}`)));
    const hear = (text: string): void => {
      said += text;
      if (!said.includes('resuming normal operations')) return;
      resolve(async () => {
        child.kill('SIGTERM');
        await ended;
      });
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
  });
}
