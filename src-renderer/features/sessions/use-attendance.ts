import { shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { PersonRow, RosterRow } from '#shared/contract/sessions.ts';
import { call } from '../../api.ts';
import { useStatus } from '../../stores/status.ts';
import { useToasts } from '../../stores/toasts.ts';
import { useSentence } from '../../use/sentence.ts';
import { withMark, type Mark } from './roster.ts';
import { useSession } from './session-context.ts';

/** Someone who is to be put on the roster: known elsewhere, or by name alone. */
export type Newcomer = PersonRow | { readonly id: null; readonly name: string };

/** Marks people and puts them on the roster. A mark is shown as made only after it is written. */
export function useAttendance() {
  const { t } = useI18n();
  const session = useSession();
  const status = useStatus();
  const toasts = useToasts();
  const sentence = useSentence();
  /** The marks that are being written, by person. */
  const pending = shallowRef<ReadonlyMap<string, Mark | null>>(new Map());
  const error = shallowRef<unknown>(null);
  const id = (): string => session.data.value!.id;

  /** Runs a write and keeps its error for the screen; false when it failed. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    error.value = null;
    try {
      await work();
      return true;
    } catch (why) {
      error.value = why;
      return false;
    }
  }

  async function mark(person: string, to: Mark | null): Promise<boolean> {
    pending.value = new Map(pending.value).set(person, to);
    const done = await attempt(async () => {
      await call('attendance.mark', { session: id(), person, status: to });
      session.patch((data) => withMark(data, person, to, status.today));
    });
    const rest = new Map(pending.value);
    rest.delete(person);
    pending.value = rest;
    return done;
  }

  function add(newcomer: Newcomer, to: Mark): Promise<boolean> {
    return attempt(async () => {
      if (newcomer.id === null) {
        await call('attendance.walkIn', { session: id(), name: newcomer.name, status: to });
      } else {
        await call('attendance.add', { session: id(), person: newcomer.id });
        await call('attendance.mark', { session: id(), person: newcomer.id, status: to });
      }
      await session.reload();
    });
  }

  /** Everyone who has no mark yet is present, in one step that can be taken back. */
  async function markRest(rows: readonly RosterRow[]): Promise<void> {
    await attempt(async () => {
      const people = rows.map((row) => row.person.id);
      const marked = await call('attendance.markMany', { session: id(), people, from: null, to: 'present' });
      await session.reload();
      toasts.show({
        tone: 'good',
        text: t('sessions.restMarked', { n: marked.people.length }),
        action: { label: t('common.undo'), run: () => void takeBack(marked.people) },
      });
    });
  }

  async function takeBack(people: string[]): Promise<void> {
    try {
      await call('attendance.markMany', { session: id(), people, from: 'present', to: null });
    } catch (why) {
      toasts.show({ tone: 'bad', text: sentence(why) });
    }
  }

  return { pending, error, mark, add, markRest };
}
