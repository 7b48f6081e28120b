import { z } from 'zod';
import { call } from './call.ts';
import type { ErrorReport } from './errors.ts';
import { kitOrder } from './kits.ts';
import { MAX_PLACE_CA } from './limits.ts';
import { id, line, none, period, requiredLine, type MadeFile } from './shapes.ts';

/** An address of the web, without a user and a password in it: those would be shown wherever the address is. */
const webAddress = z
  .url({ protocol: /^https?$/ })
  .max(1000)
  .refine((text) => !/^https?:\/\/[^/?#]*@/i.test(text), 'no user or password in the address');

/** As `connectionOf` of the hub takes it, but without a password in it, for the same reason. */
const hubAddress = z
  .string()
  .trim()
  .max(1000)
  .regex(
    /^postgres(ql)?:\/\/[^\s/?#@:]+@[^\s/?#@]+\/[^\s/?#]+(\?sslmode=verify-full)?$/,
    'not postgres://login@host:port/database',
  )
  .refine((text) => URL.canParse(text), 'no address');

/** A certificate, or several; whoever chose the file with the private key by mistake would give it away with a kit. */
function isAuthority(text: string): boolean {
  return text.includes('-----BEGIN CERTIFICATE-----') && !text.includes('PRIVATE KEY');
}

/**
 * Where a delivery goes. No secret is in it: the password, or the secret key of a bucket, is given apart and never given
 * back. `security` of mail: TLS from the first byte, STARTTLS required, or none (loopback and closed networks alone).
 */
export const place = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path: requiredLine.max(1000) }),
  z.strictObject({ kind: z.literal('webdav'), url: webAddress, user: line }),
  z.strictObject({
    kind: z.literal('mail'),
    host: requiredLine,
    port: z.int().min(1).max(65535),
    security: z.enum(['tls', 'starttls', 'none']),
    user: line,
    from: z.email(),
    to: z.array(z.email()).min(1).max(20),
  }),
  z.strictObject({
    kind: z.literal('s3'),
    endpoint: webAddress,
    region: requiredLine,
    bucket: requiredLine,
    /** Put before the name, such as `reports/`; may be empty. */
    prefix: line,
    accessKey: requiredLine,
    /** The bucket in the path and not in the host's name. */
    pathStyle: z.boolean(),
  }),
  /** The team's hub (docs/hub.md): what it lacks is pushed. Session files alone can be sent there. */
  z.strictObject({
    kind: z.literal('hub'),
    url: hubAddress,
    /** The authority that signed the server's certificate, as PEM; empty where it is one that the program knows. */
    ca: z
      .string()
      .trim()
      .max(MAX_PLACE_CA)
      .refine((text) => text === '' || isAuthority(text), 'no certificate in PEM'),
  }),
]);
export type Place = z.output<typeof place>;
export type PlaceKind = Place['kind'];

export interface Destination {
  id: string;
  name: string;
  place: Place;
  /** Whether a password or a secret key is kept for it. */
  hasSecret: boolean;
  /**
   * The laptop whose kit brought it; null when it was set up here. `refused`: a person said since that the key of that
   * laptop is not theirs.
   */
  from: { id: string; name: string; refused: boolean } | null;
  /** A kit brought it and a person changed it here: what newer kits say of it is passed over. */
  changedHere: boolean;
  /** The last try of any delivery or test: whether it was reached, and what was wrong; null before the first. */
  last: { at: string; reached: boolean; error: ErrorReport | null } | null;
}

/** What a delivery carries; a report is the workbook over a period, the others are exchange files. */
export const deliveryKinds = ['report', 'session', 'kit'] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];

export const deliveryStates = ['queued', 'sending', 'sent', 'confirmed', 'parked'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export interface Delivery {
  id: string;
  kind: DeliveryKind;
  title: string;
  /** The name at the destination, with a part of the content's SHA-256 in it; null while it is still to be made. */
  file: string | null;
  bytes: number | null;
  /** Made when it was queued, or to be made from the data at the moment of sending. */
  made: 'frozen' | 'at sending';
  destination: { id: string; name: string; kind: PlaceKind };
  state: DeliveryState;
  /** A person said that it waits. */
  paused: boolean;
  tries: number;
  /** ISO 8601 UTC. */
  queuedAt: string;
  /** When it is tried again by itself; null where it is not. */
  nextTryAt: string | null;
  sentAt: string | null;
  /**
   * A session file: a kit that is merged here says that it arrived. A kit: a session file that is merged here says so.
   * Undoing that import takes the word away again. Whatever is confirmed is not sent any more.
   */
  confirmedAt: string | null;
  /** A session file that was sent over a week ago and is not confirmed; never of what a hub holds. */
  overdue: boolean;
  /** What was wrong the last time; also why it was parked. */
  error: ErrorReport | null;
  /** The last try did not reach the destination at all. */
  offline: boolean;
}

/** For the title bar. */
export interface OutboxState {
  /** `offline`: what waits could not reach its destination the last time, and nothing else is being sent. */
  now: 'empty' | 'waiting' | 'sending' | 'offline' | 'paused';
  /** Queued or being sent. */
  waiting: number;
  parked: number;
  /** Sent session files that nobody confirmed for a week. */
  overdue: number;
  /** Everything waits because a person said so. */
  paused: boolean;
}

/** What one go through everything that waits came to. */
export interface OutboxRun {
  /** Arrived in this go, and those of which it turned out that they had arrived before. */
  sent: number;
  already: number;
  /** Still waiting, and parked, of all there are. */
  waiting: number;
  parked: number;
  /** Those that were tried, that wait, and that are parked. */
  deliveries: Delivery[];
}

const one = z.strictObject({ id });

export const outbox = {
  'outbox.state': call<OutboxState>()(none),
  /** Newest first; those that were sent or confirmed over 90 days ago only with `all`. */
  'outbox.list': call<Delivery[]>()(z.strictObject({ all: z.boolean().default(false) }).prefault({})),
  /**
   * Puts a delivery into the outbox; it goes by itself. A report is made at the moment of sending unless `freeze`; a
   * session file or a kit holds what was chosen and is always frozen: making it and queueing it is one transaction.
   * Queued twice under one `key` it is there once, as it was the first time. Refuses with NOT_FOUND, or as
   * `exchange.export` does; a kit without a session with KIT_EMPTY; DELIVERY_NOT_FOR_HUB what a hub does not take. To a hub
   * goes all that it lacks from this laptop, which includes what the file holds.
   */
  'outbox.send': call<Delivery>()(
    z.strictObject({
      destination: id,
      /** A UUID of the caller's own: the same one is the same delivery. */
      key: id,
      what: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('report'), ...period, freeze: z.boolean().default(false) }),
        z.strictObject({
          kind: z.literal('session'),
          sessions: z.array(id).max(2000).optional(),
          program: id.optional(),
        }),
        /** One trainer's kit; it is taken down as made, as `kits.finish` does. */
        z.strictObject({ kind: z.literal('kit'), ...kitOrder }),
      ]),
    }),
  ),
  /**
   * The network is back, or the laptop woke up: what waits because it was offline is tried now, but no destination twice
   * within five seconds. Costs nothing when nothing waits.
   */
  'outbox.wake': call<OutboxState>()(none),
  /**
   * Tries one now, whether it waits, was parked or paused; the answer comes when it is queued, not when it arrived. While
   * everything is paused it goes on waiting. Refuses with DELIVERY_GONE what was sent already.
   */
  'outbox.retry': call<Delivery>()(one),
  'outbox.pause': call<Delivery>()(z.strictObject({ id, paused: z.boolean() })),
  /** Everything waits until it is taken back; what is being sent is finished. */
  'outbox.pauseAll': call<OutboxState>()(z.strictObject({ paused: z.boolean() })),
  /**
   * Sends it elsewhere; refuses with DELIVERY_GONE what was sent already, DELIVERY_SENDING what is on its way,
   * DELIVERY_NOT_FOR_HUB what a hub does not take.
   */
  'outbox.redirect': call<Delivery>()(z.strictObject({ id, destination: id })),
  /** Takes one out that was not sent; the person confirmed it. Refuses as `outbox.redirect`. */
  'outbox.remove': call<null>()(one),
  /**
   * The very file, to be handed over by hand; a report that is still to be made is made and frozen. Refuses with
   * DELIVERY_GONE when it was sent: its bytes are not kept then.
   */
  'outbox.file': call<MadeFile>()(one),
  /** Says that a file that was taken by hand arrived: it counts as sent. Refuses as `outbox.redirect`. */
  'outbox.handedOver': call<Delivery>()(one),
  'destinations.list': call<Destination[]>()(none),
  /** Makes one (no `id`) or changes it. `secret`: left out keeps the one that is there, null takes it away. */
  'destinations.save': call<Destination>()(
    z.strictObject({
      id: id.optional(),
      name: requiredLine,
      place,
      secret: z.string().min(1).max(1000).nullable().optional(),
    }),
  ),
  /** Refuses with DESTINATION_IN_USE while something waits for it or is parked. What was sent keeps its name. */
  'destinations.remove': call<null>()(one),
  /**
   * Does what a delivery would do, with a small file that is taken away again (mail and hub: up to the sign-in, nothing is sent).
   * With a `place` it tries that one before it is saved, with the secret of `id` where none is given. `error` says in
   * words what is wrong; null means that it works. INVALID_INPUT with neither.
   */
  'destinations.test': call<{ error: ErrorReport | null }>()(
    z.strictObject({
      id: id.optional(),
      place: place.optional(),
      secret: z.string().min(1).max(1000).nullable().optional(),
    }),
  ),
};
