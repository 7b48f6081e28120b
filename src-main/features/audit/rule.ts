import path from 'node:path';
import type { AuditCode, AuditSubject } from '#shared/contract/audit.ts';
import type { CheckedOf, Method, OutputOf } from '#shared/contract/contract.ts';
import { fieldsOf, isEntityName } from '#shared/model/model.ts';

/** What is taken down of one act. */
export interface Act {
  readonly what: AuditCode;
  readonly subject: AuditSubject;
  readonly why?: string;
}

/**
 * When the entry is written. `given`: durable before the answer leaves the core. `with`: in one transaction with what
 * the call writes, which it does in one go. `within`: the feature notes it inside its own transaction.
 */
export interface Rule<M extends Method> {
  readonly when: 'given' | 'with' | 'within';
  /** Once a day for the same person and subject: what a screen asks for again and again. */
  readonly daily?: true;
  /** Null where there is nothing to take down after all. */
  readonly act: (input: CheckedOf<M>, output: OutputOf<M>) => Act | null;
}

/**
 * Why a call is not taken down. `nothing`: it gives out no personal data, or masked. `staff`: at most names of those who
 * work with the program. `written`: it writes changes, and the log says who and when. `work`: it gives back what is
 * being typed or what a list calls things by. `laptop`: it is about this laptop itself.
 */
export type Untold = 'nothing' | 'staff' | 'written' | 'work' | 'laptop';

export type Rules = { readonly [M in Method]: Rule<M> | Untold };

export function daily<M extends Method>(act: Rule<M>['act']): Rule<M> {
  return { when: 'given', daily: true, act };
}

export function printed<M extends Method>(
  subject: (input: CheckedOf<M>, output: OutputOf<M>) => AuditSubject,
): Rule<M> {
  return daily((input, output) => ({ what: 'printed', subject: subject(input, output) }));
}

/** A record that is looked at, where its kind has personal fields; unknown kinds of newer laptops may have some. */
export function ofRecord(entity: string, record: string): Act | null {
  const personal = !isEntityName(entity) || fieldsOf(entity).some(([, field]) => field.personal);
  return personal ? { what: 'unmasked', subject: { entity, record } } : null;
}

/** Those who work with the program are asked for by their kind. */
export function isStaff(kind: string | undefined): boolean {
  return kind === 'trainer' || kind === 'coordinator';
}

export function onScreen(form: string): Act {
  return { what: 'unmasked', subject: { form } };
}

export function tableIn(form: string, file: string, count: number): Act {
  return { what: 'imported', subject: { form, file: path.basename(file), count } };
}

export function fileIn({ file, status, import: id, new: added }: OutputOf<'imports.add'>): Act | null {
  if (status !== 'imported' || id === null) return null;
  const subject = { form: 'file', file: path.basename(file), entity: 'import', record: id, count: added };
  return { what: 'imported', subject };
}

/** Without what is undefined. */
export function some(subject: { [K in keyof AuditSubject]: AuditSubject[K] | undefined }): AuditSubject {
  return Object.fromEntries(Object.entries(subject).filter(([, value]) => value !== undefined));
}
