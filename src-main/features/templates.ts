import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { TemplateRow, TemplateView } from '#shared/contract/templates.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { checklistFaults, surveyFaults, type TemplateFault } from '#shared/model/template-faults.ts';
import { familyOf, nextVersion, type TemplateKind } from '#shared/model/template-versions.ts';
import { checklistItems, surveyQuestions } from '#shared/model/templates.ts';
import type { Write } from '../store/log.ts';
import { listTemplates } from '../store/template-queries.ts';
import { freshId, mustBeLive, type Deps } from './deps.ts';

type Methods =
  | 'templates.list'
  | 'templates.get'
  | 'templates.create'
  | 'templates.revise'
  | 'templates.copy'
  | 'templates.writeChecklist'
  | 'templates.writeSurvey'
  | 'templates.publish'
  | 'templates.discard';

export function templateHandlers(deps: Deps): Pick<Handlers, Methods> {
  const { db } = deps.store;
  return {
    'templates.list': () => [...listTemplates(db, 'checklist'), ...listTemplates(db, 'survey')],
    'templates.get': ({ kind, id }) => get(deps, kind, id),
    'templates.create': ({ kind, name }) => make(deps, kind, { name, version: 1, [entriesOf[kind]]: [] }),
    'templates.revise': ({ kind, id }) => revise(deps, kind, id),
    'templates.copy': ({ kind, id, name }) => copy(deps, kind, id, { name, version: 1 }),
    'templates.writeChecklist': ({ id, name, items }) => writeDraft(deps, 'checklist', id, { name, items }),
    'templates.writeSurvey': ({ id, ...set }) => writeDraft(deps, 'survey', id, set),
    'templates.publish': (input) => publish(deps, input),
    'templates.discard': ({ kind, id }) => writeDraft(deps, kind, id, { deleted: true }),
  };
}

const entriesOf = { checklist: 'items', survey: 'questions' } as const;
const entityOf = { checklist: 'checklistTemplate', survey: 'surveyTemplate' } as const;

function fieldsOf({ store }: Deps, kind: TemplateKind, id: string): Readonly<Record<string, Json>> {
  const fields = store.projector.table(entityOf[kind]).get(id)?.fields;
  if (!fields || fields['deleted'] === true) throw new Refusal('NOT_FOUND', { entity: entityOf[kind], id });
  return fields;
}

function rowOf({ store }: Deps, kind: TemplateKind, id: string): { row: TemplateRow; all: TemplateRow[] } {
  const all = listTemplates(store.db, kind);
  const row = all.find((template) => template.id === id);
  if (!row) throw new Refusal('NOT_FOUND', { entity: entityOf[kind], id });
  return { row, all };
}

function get(deps: Deps, kind: TemplateKind, id: string): TemplateView {
  const fields = fieldsOf(deps, kind, id);
  return {
    ...rowOf(deps, kind, id).row,
    items: checklistItems(fields['items']),
    questions: surveyQuestions(fields['questions']),
    consentText: consentIn(fields['consentText']),
  };
}

/** As it is written down, for whoever edits it; blank is none. */
function consentIn(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function make(deps: Deps, kind: TemplateKind, set: Record<string, Json>): { id: string } {
  const id = freshId(deps);
  write(deps, [{ entity: entityOf[kind], id, set }]);
  return { id };
}

/** A draft is edited itself; a version in use gets one draft to follow it, the same however often it is asked for. */
function revise(deps: Deps, kind: TemplateKind, id: string): { id: string } {
  const { row, all } = rowOf(deps, kind, id);
  if (row.state === 'draft') return { id };
  const begun = all.find(({ state, basedOn }) => state === 'draft' && basedOn === id);
  if (begun) return { id: begun.id };
  return copy(deps, kind, id, { version: nextVersion(familyOf(id, all)), basedOn: id });
}

/** Whatever the template has goes along, fields that this version does not know too; the keys stay, for they mean the same. */
function copy(deps: Deps, kind: TemplateKind, id: string, set: Record<string, Json>): { id: string } {
  const { basedOn: _line, ...fields } = fieldsOf(deps, kind, id);
  return make(deps, kind, { ...fields, ...set });
}

interface DraftWrite {
  readonly name?: string | undefined;
  readonly items?: readonly unknown[] | undefined;
  readonly questions?: readonly unknown[] | undefined;
  readonly consentText?: string | null | undefined;
  readonly deleted?: true;
}

function writeDraft(
  deps: Deps,
  kind: TemplateKind,
  id: string,
  { items, questions, ...set }: DraftWrite,
): null {
  if (rowOf(deps, kind, id).row.state !== 'draft') throw new Refusal('TEMPLATE_IN_USE');
  const entries = items ?? questions;
  const strange =
    entries === undefined ? [] : strangeEntries(kind, fieldsOf(deps, kind, id)[entriesOf[kind]]);
  const list = entries && { [entriesOf[kind]]: [...entries, ...strange] };
  write(deps, [{ entity: entityOf[kind], id, set: { ...set, ...list } as Record<string, Json> }]);
  return null;
}

/** Questions of a kind that this version does not know are not on its screens, and stay where they are. */
function strangeEntries(kind: TemplateKind, value: unknown): unknown[] {
  if (!Array.isArray(value)) return [];
  const known = new Set<unknown>(kind === 'checklist' ? checklistItems(value) : surveyQuestions(value));
  return value.filter((entry) => !known.has(entry));
}

function publish(deps: Deps, { kind, id, programs }: CheckedOf<'templates.publish'>): { version: number } {
  const { row, all } = rowOf(deps, kind, id);
  if (row.state !== 'draft') throw new Refusal('TEMPLATE_IN_USE');
  mustBeReady(deps, kind, id);
  for (const program of programs) mustBeLive(deps, 'program', program);
  const version = nextVersion(familyOf(id, all));
  write(deps, [
    { entity: entityOf[kind], id, set: { version } },
    ...programs.map((program): Write => ({
      entity: 'program',
      id: program,
      set: { [entityOf[kind]]: id },
    })),
  ]);
  return { version };
}

/** Refuses with TEMPLATE_NOT_READY what nobody could answer. */
export function mustBeReady(deps: Deps, kind: TemplateKind, id: string): void {
  const fields = fieldsOf(deps, kind, id);
  const faults = faultsOf(kind, String(fields['name'] ?? ''), fields[entriesOf[kind]]);
  if (faults.length > 0) throw new Refusal('TEMPLATE_NOT_READY', { count: faults.length });
}

function faultsOf(kind: TemplateKind, name: string, entries: unknown): TemplateFault[] {
  return kind === 'checklist'
    ? checklistFaults(name, checklistItems(entries))
    : surveyFaults(name, surveyQuestions(entries));
}

function write(deps: Deps, writes: Write[]): void {
  deps.store.log.write(writes);
  deps.tell({ kind: 'changed', entities: [...new Set(writes.map(({ entity }) => entity))] });
}
