import net from 'node:net';
import { seeded } from './random.ts';

/**
 * What happens to one connection. A request of the program takes a connection of its own (mail: the whole conversation),
 * so the number of the connection is the number of the request.
 */
export type Fault =
  | { readonly kind: 'none' }
  /** Closed before a byte is read. */
  | { readonly kind: 'refuse' }
  /** The server gets so many bytes, then both sides see the end. */
  | { readonly kind: 'cutUp'; readonly after: number }
  /** The client gets so many bytes of the answer, then both sides see the end: half a response. */
  | { readonly kind: 'cutDown'; readonly after: number }
  /** Every piece, both ways, comes so much later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** HTTP: the proxy answers in the server's place as soon as it has the request's head; the server hears nothing. */
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /**
   * The server does all of it, and the client never hears so: the connection ends when the answer begins. With `after`
   * the server's words up to that text still pass (mail: `354 ` swallows the answer to the whole message).
   */
  | { readonly kind: 'swallow'; readonly after?: string };

export type FaultKind = Fault['kind'];

/** The fault of each connection, counted from 0. A function of the number alone, so that a run can be repeated. */
export type Plan = (connection: number) => Fault;

export interface FaultyProxy {
  readonly port: number;
  /** How many connections had each fault, in order of their coming. */
  readonly injected: Readonly<Record<FaultKind, number>>;
  readonly connections: number;
  /** The fault of the connection that comes to the server from this port. */
  faultFrom(port: number): Fault | undefined;
  /** Another plan from the next connection on, which is its number 0. */
  plan(next: Plan): void;
  /** Ends every connection and the proxy. */
  close(): Promise<void>;
}

/** Passes TCP on to a port on loopback, with the plan's faults. Whoever starts it closes it. */
export async function startFaultyProxy(target: number, first: Plan = faultless): Promise<FaultyProxy> {
  const injected: Record<FaultKind, number> = {
    none: 0,
    refuse: 0,
    cutUp: 0,
    cutDown: 0,
    delay: 0,
    answer: 0,
    swallow: 0,
  };
  const open = new Set<net.Socket>();
  const faults = new Map<number, Fault>();
  let plan = first;
  let number = 0;
  let connections = 0;
  const keep = (socket: net.Socket): void => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    // Its end is a fault like those of the plan, and the other side is ended with it.
    socket.on('error', () => socket.destroy());
  };
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    const fault = plan(number);
    number += 1;
    connections += 1;
    injected[fault.kind] += 1;
    keep(client);
    if (fault.kind === 'refuse') return void client.resetAndDestroy();
    if (fault.kind === 'answer') return void answer(client, fault);
    const upstream = net.connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    keep(upstream);
    upstream.once('connect', () => faults.set(upstream.localPort!, fault));
    relay(client, upstream, fault);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as net.AddressInfo).port,
    injected,
    get connections() {
      return connections;
    },
    faultFrom: (port) => faults.get(port),
    plan(next) {
      plan = next;
      number = 0;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

function relay(client: net.Socket, server: net.Socket, fault: Fault): void {
  const end = (): void => {
    client.destroy();
    server.destroy();
  };
  client.once('close', end);
  server.once('close', end);
  const delay = fault.kind === 'delay' ? fault.ms : 0;
  let swallowing = fault.kind === 'swallow' && fault.after === undefined;
  let heard = '';
  pass(client, server, delay, fault.kind === 'cutUp' ? fault.after : Infinity, end);
  pass(server, client, delay, fault.kind === 'cutDown' ? fault.after : Infinity, end, (piece) => {
    if (swallowing) return false;
    if (fault.kind === 'swallow') {
      heard = heard.slice(-200) + piece.toString('latin1');
      swallowing = heard.includes(fault.after!);
    }
    return true;
  });
}

/** Bytes of one direction, until `limit` of them went through or `mayPass` says no. */
function pass(
  from: net.Socket,
  to: net.Socket,
  delay: number,
  limit: number,
  end: () => void,
  mayPass: (piece: Buffer) => boolean = () => true,
): void {
  let passed = 0;
  const later = (act: () => void): void => void (delay > 0 ? setTimeout(act, delay) : act());
  if (limit === 0) from.once('data', end);
  from.on('data', (piece: Buffer) => {
    if (!mayPass(piece)) return end();
    const part = piece.subarray(0, Math.max(0, limit - passed));
    passed += part.length;
    if (part.length === 0 || to.destroyed) return;
    later(() => {
      if (to.destroyed) return;
      const more = to.write(part, passed >= limit ? end : undefined);
      if (more || from.destroyed) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
  });
  from.on('end', () => later(() => to.end()));
}

const REASONS: Readonly<Record<number, string>> = { 401: 'Unauthorized', 507: 'Insufficient Storage' };

/** Answers once the head has come, and reads the rest as a patient server does, so that the answer is not lost. */
function answer(client: net.Socket, { status, headers }: Extract<Fault, { kind: 'answer' }>): void {
  let head = '';
  let answered = false;
  client.on('data', (piece: Buffer) => {
    if (answered) return;
    head += piece.toString('latin1');
    if (!head.includes('\r\n\r\n')) return;
    answered = true;
    const lines = Object.entries({ 'Content-Length': '0', Connection: 'close', ...headers });
    const fields = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    client.write(`HTTP/1.1 ${status} ${REASONS[status] ?? 'No'}\r\n${fields}\r\n`);
  });
  client.on('end', () => client.end());
}

const faultless: Plan = () => ({ kind: 'none' });

/** The faults of a list, one a connection, and none after them. */
export function inTurn(...faults: Fault[]): Plan {
  return (connection) => faults[connection] ?? { kind: 'none' };
}

export interface SeededFaults {
  /** From 0 to 1: how many connections have a fault. */
  readonly share: number;
  readonly kinds: readonly Exclude<FaultKind, 'none'>[];
  /** Cuts fall before so many bytes. */
  readonly bytes?: number;
  readonly statuses?: readonly number[];
  /** `after` of `swallow`. */
  readonly after?: string;
}

/** What a server or something in front of it says in a test, passing or lasting. */
const STATUSES = [401, 403, 409, 413, 423, 500, 507] as const;

/** The same seed and number of a connection give the same fault, in whatever process and order they are asked. */
export function seededPlan(seed: number, faults: SeededFaults): Plan {
  const { share, kinds, bytes = 4_000, statuses = STATUSES, after } = faults;
  return (connection) => {
    const random = seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(connection + 1, 0x85ebca6b));
    if (!random.chance(share)) return { kind: 'none' };
    const kind = random.pick(kinds);
    switch (kind) {
      case 'cutUp':
      case 'cutDown':
        return { kind, after: random.below(bytes) };
      case 'delay':
        return { kind, ms: 1 + random.below(20) };
      case 'answer':
        return { kind, status: random.pick(statuses) };
      case 'swallow':
        return after === undefined ? { kind } : { kind, after };
      case 'refuse':
        return { kind };
    }
  };
}
