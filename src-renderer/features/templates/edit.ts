import type { TemplateView } from '#shared/contract/templates.ts';
import type { ChecklistItem, SurveyQuestion } from '#shared/model/templates.ts';

/** An item of a checklist or a question of a survey, as the editor holds it. */
export type Entry = ChecklistItem & Partial<Pick<SurveyQuestion, 'kind' | 'choices' | 'role'>>;
export type QuestionKind = SurveyQuestion['kind'];
export type Entries = readonly Entry[];

export function entriesOf(view: Pick<TemplateView, 'kind' | 'items' | 'questions'>): Entries {
  return view.kind === 'checklist' ? view.items : view.questions;
}

/** The list with an entry put in at a place, or at the end. */
export function withEntry(entries: Entries, entry: Entry, at: number = entries.length): Entries {
  return [...entries.slice(0, at), entry, ...entries.slice(at)];
}

export function withoutEntry(entries: Entries, key: string): Entries {
  return entries.filter((entry) => entry.key !== key);
}

/** The entry moved so that it stands at `to` of the new list. */
export function moved(entries: Entries, key: string, to: number): Entries {
  const entry = entries.find((one) => one.key === key);
  if (!entry) return entries;
  return withEntry(withoutEntry(entries, key), entry, Math.max(0, Math.min(entries.length - 1, to)));
}

/** A copy below the entry, under a key of its own: it will be made into another question. Only one asks whether it helped. */
export function doubled(entries: Entries, key: string, fresh: string): Entries {
  const at = entries.findIndex((entry) => entry.key === key);
  if (at < 0) return entries;
  const { role: _role, ...copy } = entries[at]!;
  return withEntry(entries, { ...copy, key: fresh }, at + 1);
}

/** Members of one entry set; undefined takes a member away. */
export function changed(
  entries: Entries,
  key: string,
  patch: { readonly [M in keyof Omit<Entry, 'key'>]?: Entry[M] | undefined },
): Entries {
  return entries.map((entry) =>
    entry.key === key ? ({ ...without(entry, patch), ...given(patch) } as Entry) : entry,
  );
}

/**
 * Another kind is another question, and gets another key: a five-point answer must not be read as a yes. Whoever comes
 * back to words and kind that the template had when it was opened gets the key of then.
 */
export function withKind(
  entries: Entries,
  key: string,
  kind: QuestionKind,
  fresh: string,
  opened: Entries,
): Entries {
  return entries.map((entry): Entry => {
    if (entry.key !== key || entry.kind === kind) return entry;
    const before = opened.find((one) => one.label === entry.label && one.kind === kind);
    const taken = before && entries.some((one) => one.key === before.key);
    const { choices: _choices, role: _role, ...rest } = entry;
    return {
      ...rest,
      key: before && !taken ? before.key : fresh,
      kind,
      ...(kind === 'choice' ? { choices: before?.choices ?? ['', ''] } : {}),
    };
  });
}

/** The one question that asks whether it helped; it stops being so for any other. */
export function withHelpful(entries: Entries, key: string, on: boolean): Entries {
  return entries.map((entry) => {
    const { role: _role, ...rest } = entry;
    return entry.key === key && on ? { ...rest, role: 'helpful' } : rest;
  });
}

/** Where something dropped at a height lands among rows with these middles: before the first that is lower. */
export function dropPlace(middles: readonly number[], y: number): number {
  const below = middles.findIndex((middle) => y < middle);
  return below < 0 ? middles.length : below;
}

function without(entry: Entry, patch: object): Partial<Entry> {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => !Object.hasOwn(patch, name)));
}

function given(patch: object): object {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
