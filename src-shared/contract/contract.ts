import type { z } from 'zod';
import { app } from './app.ts';
import { audit } from './audit.ts';
import type { Call } from './call.ts';
import { conflicts } from './conflicts.ts';
import { dataState } from './data-state.ts';
import { desktop, type DesktopAct } from './desktop.ts';
import { drafts } from './drafts.ts';
import { duplicates } from './duplicates.ts';
import type { ErrorReport } from './errors.ts';
import { exchange } from './exchange.ts';
import { handover } from './handover.ts';
import { hub } from './hub.ts';
import { kits } from './kits.ts';
import { laptops } from './laptops.ts';
import { lock } from './lock.ts';
import { pins } from './pin.ts';
import { print } from './print.ts';
import { programs } from './programs.ts';
import { outbox } from './outbox.ts';
import { photos } from './photos.ts';
import { records } from './records.ts';
import { report } from './report.ts';
import { rescue } from './rescue.ts';
import { retention } from './retention.ts';
import { sessions } from './sessions.ts';
import { surveys } from './surveys.ts';
import { tables } from './tables.ts';
import { templates } from './templates.ts';
import { today } from './today.ts';
import { undo } from './undo.ts';
import { vault } from './vault.ts';
import { visits } from './visits.ts';

/** Every call between a shell or the renderer and the core. Adding one is a line in its feature's file. */
export const contract = {
  ...app,
  ...rescue,
  ...records,
  ...sessions,
  ...visits,
  ...today,
  ...surveys,
  ...handover,
  ...pins,
  ...lock,
  ...vault,
  ...programs,
  ...templates,
  ...photos,
  ...print,
  ...tables,
  ...exchange,
  ...kits,
  ...laptops,
  ...conflicts,
  ...duplicates,
  ...report,
  ...dataState,
  ...outbox,
  ...hub,
  ...drafts,
  ...undo,
  ...audit,
  ...retention,
  ...desktop,
};

export type Method = keyof typeof contract;

/** What a caller passes. */
export type InputOf<M extends Method> = z.input<(typeof contract)[M]['input']>;

/** What a handler receives: checked, defaults filled in. */
export type CheckedOf<M extends Method> = z.output<(typeof contract)[M]['input']>;

export type OutputOf<M extends Method> = (typeof contract)[M] extends Call<z.ZodType, infer O> ? O : never;

/** One handler for every call: a missing one does not compile. */
export type Handlers = {
  [M in Method]: (input: CheckedOf<M>) => OutputOf<M> | Promise<OutputOf<M>>;
};

/** What the core tells its shells unasked. */
export type CoreEvent =
  | { kind: 'changed'; entities: string[] }
  | { kind: 'progress'; job: string; done: number; total: number }
  /** Files wait for `exchange.opened`; told by the shell that has them. */
  | { kind: 'opened' }
  /** Something in the outbox, or the reach of a destination, is different: ask again. */
  | { kind: 'outbox' }
  /** A delivery is at its destination, whose name that is. */
  | { kind: 'delivered'; destination: string }
  /** The person wants something that they chose outside the page; told by the shell. */
  | { kind: 'asked'; act: DesktopAct }
  /** A file that the page made lies where the person wanted it; told by the shell that put it there. */
  | { kind: 'saved'; file: string }
  /** Something beside the person's work did not go well, such as a copy that could not be made; nothing stops for it. */
  | { kind: 'note'; error: ErrorReport };

export function isMethod(name: string): name is Method {
  return Object.hasOwn(contract, name);
}
