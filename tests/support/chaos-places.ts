import fs from 'node:fs';
import path from 'node:path';
import type { Place, PlaceKind as AnyKind } from '#shared/contract/outbox.ts';
import { seededPlan, startFaultyProxy, type Fault, type FaultyProxy, type Plan } from './faulty-proxy.ts';
import { makeScratchDir } from './laptop.ts';
import { MAIL_PASSWORD, MAIL_USER, startMail, type MailServer } from './mail-server.ts';
import { seeded, type Random } from './random.ts';
import { S3_ACCESS, S3_BUCKET, S3_REGION, S3_SECRET, startS3Checker } from './s3-checker.ts';
import { DAV_PASSWORD, DAV_USER, startWebdav } from './webdav-server.ts';

/** Where files go; a push to the hub is tried by the hub's own tests. */
type PlaceKind = Exclude<AnyKind, 'hub'>;

/** One destination of each kind, with faults before it and a look behind it. */
export interface ChaosPlaces {
  readonly places: Readonly<Record<PlaceKind, { readonly place: Place; readonly secret: string | null }>>;
  /** What stands at a place, hidden or not. */
  readonly standing: Readonly<Record<Exclude<PlaceKind, 'mail'>, Standing>>;
  readonly mail: MailServer;
  readonly mailProxy: FaultyProxy;
  /** How often each fault was made, such as `webdav answer 423`. */
  readonly faults: Readonly<Record<string, number>>;
  /** Called at each connection and each change in the folder. */
  onMoment(listener: () => void): void;
  /** The folder is away or there again. */
  vanish(away: boolean): void;
  close(): Promise<void>;
}

export interface Standing {
  names(): string[];
  read(name: string): Buffer;
}

const SHARE = 0.2;
const SPOKEN = ['450 4.7.1 later', '421 4.3.2 closing', '452 4.2.2 full', '550 5.7.1 no', '552 5.3.4 big'];

/** `bytes`: how large what is sent is, so that cuts fall everywhere in it. Whoever starts it closes it. */
export async function startChaosPlaces(seed: number, bytes: number): Promise<ChaosPlaces> {
  const faults: Record<string, number> = {};
  let listener = (): void => undefined;
  const count = (what: string): void => void (faults[what] = (faults[what] ?? 0) + 1);
  const counted =
    (kind: PlaceKind, plan: Plan): Plan =>
    (connection) => {
      const fault = plan(connection);
      if (fault.kind !== 'none') count(`${kind} ${nameOf(fault)}`);
      listener();
      return fault;
    };
  const http = ['refuse', 'cutUp', 'cutDown', 'delay', 'answer', 'swallow'] as const;
  const smtp = ['refuse', 'cutUp', 'cutDown', 'delay', 'swallow'] as const;
  const dir = makeScratchDir();
  const [folder, away] = [path.join(dir, 'usb'), path.join(dir, 'away')];
  fs.mkdirSync(folder);
  const watcher = fs.watch(folder, () => listener());
  const dav = await startWebdav();
  const bucket = await startS3Checker();
  const mail = await startMail({}, speaking(seeded(seed + 4), count));
  const plan = (kind: PlaceKind, nth: number, more: Partial<Parameters<typeof seededPlan>[1]>): Plan =>
    counted(kind, seededPlan(seed + nth, { share: SHARE, kinds: http, bytes, ...more }));
  const davProxy = await startFaultyProxy(dav.port, plan('webdav', 1, {}));
  const s3Proxy = await startFaultyProxy(bucket.port, plan('s3', 2, {}));
  const mailPlan = plan('mail', 3, { share: SHARE * 1.5, kinds: smtp, bytes: 2 * bytes, after: '\r\n354 ' });
  const mailProxy = await startFaultyProxy(mail.port, mailPlan);
  const local = (port: number): string => `http://127.0.0.1:${port}`;
  return {
    places: {
      folder: { place: { kind: 'folder', path: folder }, secret: null },
      webdav: {
        place: { kind: 'webdav', url: `${local(davProxy.port)}${new URL(dav.url).pathname}`, user: DAV_USER },
        secret: DAV_PASSWORD,
      },
      s3: {
        place: {
          ...{ kind: 's3', endpoint: local(s3Proxy.port), region: S3_REGION, bucket: S3_BUCKET },
          ...{ prefix: '', accessKey: S3_ACCESS, pathStyle: true },
        },
        secret: S3_SECRET,
      },
      mail: {
        place: {
          ...{ kind: 'mail', host: '127.0.0.1', port: mailProxy.port, security: 'none', user: MAIL_USER },
          ...{ from: MAIL_USER, to: ['office@dangol.example'] },
        },
        secret: MAIL_PASSWORD,
      },
    },
    standing: {
      folder: filesIn(() => (fs.existsSync(folder) ? folder : away)),
      webdav: filesIn(() => dav.dir),
      s3: { names: () => [...bucket.objects.keys()], read: (name) => bucket.objects.get(name)! },
    },
    ...{ mail, mailProxy, faults },
    onMoment: (next) => void (listener = next),
    vanish(isAway) {
      if (isAway !== fs.existsSync(folder)) return;
      fs.renameSync(...((isAway ? [folder, away] : [away, folder]) as [string, string]));
      if (isAway) count('folder vanishes');
    },
    async close() {
      watcher.close();
      await Promise.all([davProxy, s3Proxy, mailProxy].map((proxy) => proxy.close()));
      await Promise.all([dav, bucket, mail].map((server) => server.close()));
      fs.rmSync(dir, { recursive: true });
    },
  };
}

function filesIn(folder: () => string): Standing {
  return {
    names: () => fs.readdirSync(folder()),
    read: (name) => fs.readFileSync(path.join(folder(), name)),
  };
}

function nameOf(fault: Fault): string {
  return fault.kind === 'answer' ? `answer ${fault.status}` : fault.kind;
}

function speaking(random: Random, count: (what: string) => void) {
  return (): string | undefined => {
    if (!random.chance(SHARE / 4)) return undefined;
    const said = random.pick(SPOKEN);
    count(`mail says ${said.slice(0, 3)}`);
    return said;
  };
}
