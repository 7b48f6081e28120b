import net from 'node:net';

/** Bytes straight into a socket, as no HTTP client would send them; what comes back until the other side closes. */
export function rawTo(port: number, ...parts: (string | Uint8Array)[]): Promise<string> {
  return held(port, parts).closed;
}

interface Held {
  readonly socket: net.Socket;
  /** All that was heard, when the other side has closed or the connection was refused. */
  readonly closed: Promise<string>;
}

/** The same, with the socket in hand: to wait, to send more, to fetch nothing. */
export function held(port: number, parts: readonly (string | Uint8Array)[] = []): Held {
  const socket = net.connect(port, '127.0.0.1', () => {
    for (const part of parts) socket.write(part);
  });
  const closed = new Promise<string>((resolve, reject) => {
    let heard = '';
    socket.on('data', (part) => (heard += part.toString('latin1')));
    socket.on('close', () => resolve(heard));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      ['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? resolve(heard) : reject(error),
    );
  });
  return { socket, closed };
}

/** The status line's number of each answer that was heard, in order. */
export function statuses(heard: string): number[] {
  return [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
