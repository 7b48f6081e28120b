import type { z } from 'zod';
import type { ErrorReport } from './errors.ts';

/** One call between renderer and core: its input as a schema, its output as a type. */
export interface Call<I extends z.ZodType = z.ZodType, O = unknown> {
  readonly input: I;
  /** Only a type: never present at run time. */
  readonly output?: O;
}

/** Declares a call: `call<Output>()(z.strictObject({…}))`. */
export function call<O>() {
  return <I extends z.ZodType>(input: I): Call<I, O> => ({ input });
}

/** What crosses a shell's wire in answer to a call. */
export type Answer<O = unknown> = { ok: true; value: O } | { ok: false; error: ErrorReport };
