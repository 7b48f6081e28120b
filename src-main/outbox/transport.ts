import { Refusal, type ErrorCode, type ErrorParams } from '#shared/contract/errors.ts';

/** What is carried: one file whose name is its own for ever, since a part of its hash is in it. */
export interface Parcel {
  readonly name: string;
  /**
   * To be read when they are to leave, and not before it is known that somebody is there: from then on they stay as they
   * are, also those of a report that would be made anew otherwise. Reading them refuses when the row is not ours any more.
   */
  readonly bytes: Uint8Array;
  readonly size: number;
  /** Of the bytes, hex. */
  readonly sha256: string;
  /** The delivery's own id: the same at every try, so that a second arrival can be recognised. */
  readonly key: string;
  readonly title: string;
  readonly contentType: string;
  /** ISO 8601 UTC. */
  readonly queuedAt: string;
}

/** A way to a destination. Both calls reject with `DeliveryFailure`, also when `signal` ends them. */
export interface Transport {
  /**
   * Resolves only when the whole file stands under its final name, or the mail was taken over by the server. `already`:
   * it was there before, from a try whose end nobody saw. Until then nothing is visible under that name.
   */
  send(parcel: Parcel, signal: AbortSignal): Promise<'arrived' | 'already'>;
  /** Does what `send` does with a small file and takes it away again; mail and the hub go up to the sign-in. */
  test(signal: AbortSignal): Promise<void>;
  /** How long one `send` may take in milliseconds, where that does not follow from the size of the file. */
  readonly limit?: number;
}

/** Why a delivery did not arrive. */
export class DeliveryFailure extends Refusal {
  /** Trying again changes nothing until a person does something: it is parked at once. */
  readonly lasting: boolean;
  /** Nobody was there at the first word; what comes after may be cut, but is not offline. */
  readonly offline: boolean;
  /** The server said how long to wait at least; milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    params: ErrorParams,
    kind: { lasting: boolean; offline?: boolean; retryAfter?: number | undefined },
    cause?: unknown,
  ) {
    super(code, params, cause);
    this.name = 'DeliveryFailure';
    this.lasting = kind.lasting;
    this.offline = kind.offline ?? false;
    this.retryAfter = kind.retryAfter;
  }
}
