import { createHash } from 'node:crypto';
import type { PlaceKind } from '#shared/contract/outbox.ts';
import type { ChaosPlaces } from './chaos-places.ts';

const FILE_KINDS = ['folder', 'webdav', 's3'] as const;

export interface Taken {
  readonly id: string;
  readonly file: string;
  readonly sha256: string;
  /** Whether the line was cut, or its answer swallowed: then the sender may not know that it was taken. */
  readonly cut: boolean;
}

/** Looks at every place from the server's side, again and again. */
export interface Watch {
  /** Throws when something stands under a final name that is not whole. */
  look(): void;
  /** Every mail that was taken over, in order. */
  readonly taken: readonly Taken[];
  /** How often it looked. */
  readonly looks: number;
  /** Whether it saw the file there. */
  stands(kind: PlaceKind, file: string | null): boolean;
  /** How many hidden files there are. */
  hidden(): number;
}

export function watchPlaces({ standing, mail, mailProxy }: ChaosPlaces): Watch {
  const seen = new Set<string>();
  const taken: Taken[] = [];
  let looks = 0;
  return {
    taken,
    get looks() {
      return looks;
    },
    look() {
      looks += 1;
      for (const kind of FILE_KINDS) {
        for (const name of standing[kind].names()) {
          if (name.startsWith('.') || seen.has(`${kind} ${name}`)) continue;
          const bytes = standing[kind].read(name);
          if (!isWhole(name, bytes)) throw new Error(`${kind}: ${name} is not whole: ${bytes.length} bytes`);
          seen.add(`${kind} ${name}`);
        }
      }
      for (; taken.length < mail.ports.length;) {
        const { messageId, attachments } = mail.mails[taken.length]!;
        const [one] = attachments;
        const fault = mailProxy.faultFrom(mail.ports[taken.length]!)?.kind;
        if (!messageId || !one?.filename || attachments.length !== 1 || !isWhole(one.filename, one.content)) {
          throw new Error(`mail: ${messageId} is not whole`);
        }
        taken.push({
          id: messageId,
          file: one.filename,
          sha256: sha256Of(one.content),
          cut: fault === 'cutUp' || fault === 'cutDown' || fault === 'swallow',
        });
      }
    },
    stands: (kind, file) => seen.has(`${kind} ${file}`),
    hidden: () =>
      FILE_KINDS.flatMap((kind) => standing[kind].names()).filter((name) => name.startsWith('.')).length,
  };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Whether the bytes are those that the name promises: it ends with a part of their hash. */
function isWhole(name: string, bytes: Uint8Array): boolean {
  return name.includes(`-${sha256Of(bytes).slice(0, 12)}.`);
}
