import net from 'node:net';

export interface CuttingProxy {
  readonly port: number;
  /** How many connections were cut so far. */
  readonly cuts: number;
  close(): Promise<void>;
}

/**
 * Passes connections on to a port of loopback, and cuts one after as many bytes, counted in both directions, as `plan` says
 * when it begins; Infinity lets it live. `onCut` hears of it at that very byte; `rewrite` changes what the server says.
 */
export async function cuttingProxy(
  target: () => number,
  plan: () => number,
  onCut: () => void = () => undefined,
  rewrite: (piece: Buffer) => Buffer = (piece) => piece,
): Promise<CuttingProxy> {
  let cuts = 0;
  const open = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const there = net.connect(target(), '127.0.0.1');
    let left = plan();
    const end = (): void => {
      client.destroy();
      there.destroy();
    };
    const pass = (from: net.Socket, to: net.Socket): void => {
      from.on('data', (said: Buffer) => {
        const piece = from === there ? rewrite(said) : said;
        if (piece.length < left) {
          left -= piece.length;
          to.write(piece);
          return;
        }
        // What came through until here has arrived; the rest never does.
        if (left > 0) to.write(piece.subarray(0, left));
        left = 0;
        cuts += 1;
        onCut();
        end();
      });
      from.on('error', end);
      from.on('close', end);
    };
    for (const socket of [client, there]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
    pass(client, there);
    pass(there, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    get cuts() {
      return cuts;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
