import { computed, nextTick, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { TemplateView } from '#shared/contract/templates.ts';
import { checklistFaults, surveyFaults, type TemplateFault } from '#shared/model/template-faults.ts';
import { KEY_BYTES, newKey, type ChecklistItem, type SurveyQuestion } from '#shared/model/templates.ts';
import { call } from '../../api.ts';
import { useToasts } from '../../stores/toasts.ts';
import { useDurable } from '../../use/durable.ts';
import {
  changed,
  doubled,
  entriesOf,
  moved,
  withEntry,
  withHelpful,
  withKind,
  withoutEntry,
  type Entries,
  type Entry,
  type QuestionKind,
} from './edit.ts';

/** A draft under the editor's hands: each edit goes to the core as it is made, the whole list at a time. */
export function useDraft(view: () => TemplateView, list: Readonly<Ref<HTMLElement | null>>) {
  const { t } = useI18n();
  const toasts = useToasts();
  const opened = entriesOf(view());
  const entries = useDurable<Entries>(() => entriesOf(view()), write);
  /** Rows that were left once: what is wrong is said after the typing, not during it. */
  const touched = ref(new Set<string>());
  const strict = ref(false);
  const said = ref('');

  function write(now: Entries): Promise<unknown> {
    const { id, kind } = view();
    return kind === 'checklist'
      ? call('templates.writeChecklist', { id, items: now as ChecklistItem[] as never })
      : call('templates.writeSurvey', { id, questions: now as SurveyQuestion[] as never });
  }

  const faults = computed<TemplateFault[]>(() => {
    const { kind, name } = view();
    return kind === 'checklist'
      ? checklistFaults(name, entries.draft.value)
      : surveyFaults(name, entries.draft.value as readonly SurveyQuestion[]);
  });

  function faultOf(key: string | null, ...of: TemplateFault['what'][]): string | undefined {
    if (key !== null && !strict.value && !touched.value.has(key)) return undefined;
    const found = faults.value.find((fault) => fault.key === key && of.includes(fault.what));
    return found && t(`templates.fault.${found.what}`);
  }

  /** The row's own control, after the list was drawn anew. */
  async function focus(key: string, part = 'label'): Promise<void> {
    await nextTick();
    const row = list.value?.querySelector(`[data-key="${key}"]`);
    const place = row?.querySelector<HTMLElement>(`[data-part="${part}"]`);
    const control = place?.matches('button')
      ? place
      : (place?.querySelector<HTMLElement>('[data-state="on"]') ??
        place?.querySelector<HTMLElement>('input, select, button'));
    (control ?? row?.querySelector<HTMLElement>('input'))?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  }

  function move(key: string, to: number, part: string): void {
    const next = moved(entries.draft.value, key, to);
    const place = next.findIndex((entry) => entry.key === key);
    if (next.every((entry, i) => entry === entries.draft.value[i])) return;
    void entries.setNow(next);
    said.value = t('templates.movedTo', { n: place + 1, of: next.length });
    void focus(key, part);
  }

  function remove(key: string): void {
    const at = entries.draft.value.findIndex((entry) => entry.key === key);
    const entry = entries.draft.value[at];
    if (!entry) return;
    void entries.setNow(withoutEntry(entries.draft.value, key));
    const neighbour = entries.draft.value[Math.min(at, entries.draft.value.length - 1)];
    if (neighbour) void focus(neighbour.key);
    toasts.show({
      tone: 'good',
      text: t('templates.removed', { label: entry.label || t('common.untitled') }),
      action: {
        label: t('common.undo'),
        run: () => void entries.setNow(withEntry(entries.draft.value, entry, at)),
      },
    });
  }

  return {
    entries: entries.draft,
    state: entries.state,
    error: entries.error,
    flush: entries.flush,
    faults,
    faultOf,
    said,
    strict,
    focus,
    move,
    remove,
    touch: (key: string) => touched.value.add(key),
    add(): void {
      const key = freshKey();
      const entry: Entry =
        view().kind === 'checklist' ? { key, label: '' } : { key, label: '', kind: 'scale' };
      void entries.setNow(withEntry(entries.draft.value, entry));
      void focus(key);
    },
    double(key: string): void {
      const fresh = freshKey();
      void entries.setNow(doubled(entries.draft.value, key, fresh));
      touched.value.add(fresh);
      void focus(fresh);
    },
    /** Words, while they are typed. */
    type: (key: string, patch: Parameters<typeof changed>[2]) =>
      entries.set(changed(entries.draft.value, key, patch)),
    /** A choice, at once. */
    set: (key: string, patch: Parameters<typeof changed>[2]) =>
      void entries.setNow(changed(entries.draft.value, key, patch)),
    setKind(key: string, kind: QuestionKind): void {
      const at = entries.draft.value.findIndex((entry) => entry.key === key);
      void entries.setNow(withKind(entries.draft.value, key, kind, freshKey(), opened));
      void focus(entries.draft.value[at]!.key, `kind-${kind}`);
    },
    setHelpful: (key: string, on: boolean) => void entries.setNow(withHelpful(entries.draft.value, key, on)),
    hold: (focused: boolean) => (entries.focused.value = focused),
  };
}

export type Draft = ReturnType<typeof useDraft>;

function freshKey(): string {
  return newKey(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
}
