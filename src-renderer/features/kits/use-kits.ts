import { computed, onScopeDispose, shallowRef } from 'vue';
import type { KitLine, KitOrder } from '#shared/contract/kits.ts';
import type { Destination } from '#shared/contract/outbox.ts';
import { call } from '../../api.ts';
import { useStatus } from '../../stores/status.ts';
import { addDays } from '../../use/format.ts';
import { useLive } from '../../use/live.ts';
import { useOutbox } from '../outbox/use-outbox.ts';
import {
  isTrainerIn,
  ordersOf,
  programsByDefault,
  rowsOf,
  unassigned,
  withinSpan,
  type Span,
} from './choice.ts';
import { useRemembered } from './remembered.ts';

const WEEK = 7;
const MONTH = 28;

/** So many lines a call that others come in between. */
const LINES_A_CALL = 4;

/** Nobody waits for the rest once the screen is left. */
async function linesOf(orders: readonly KitOrder[], isLeft: () => boolean): Promise<KitLine[]> {
  const lines: KitLine[] = [];
  for (let at = 0; at < orders.length && !isLeft(); at += LINES_A_CALL) {
    lines.push(...(await call('kits.lines', { kits: orders.slice(at, at + LINES_A_CALL) })));
  }
  return lines;
}

/** A trainer with what was chosen for them, and what the core knows of it. */
export interface TrainerKit {
  readonly order: KitOrder;
  readonly name: string;
  /** Gets one with all the others. */
  readonly isIn: boolean;
  /** Anybody is to be able to open it, although a laptop of theirs is known. */
  readonly plain: boolean;
  /** Undefined until it is counted. */
  readonly line: KitLine | undefined;
}

/** What the core is asked to make; `destinations` go along. */
export function toMakeOf({ order, plain }: TrainerKit, destinations: readonly Destination[]): KitOrder {
  return { ...order, plain, destinations: destinations.map(({ id }) => id) };
}

/** What can be sent, what is chosen of it, and one kit for each trainer that follows from both. */
export function useKits() {
  const status = useStatus();
  const { choice, ready } = useRemembered();
  /** Of this time only: the next kit is sealed again. */
  const plain = shallowRef<ReadonlySet<string>>(new Set());
  const outbox = useOutbox();
  const destinations = useLive(() => call('destinations.list'), { entities: [], on: () => outbox.told });
  /** One that is gone does not go along any more. */
  const toGo = computed(() =>
    (destinations.data.value ?? []).filter(({ id }) => choice.value.destinations.includes(id)),
  );
  const today = computed(() => status.status?.today ?? '');
  const programs = useLive(() => call('kits.programs'), { entities: ['program', 'session', 'site'] });

  const chosenPrograms = computed(() => {
    const all = programs.data.value ?? [];
    const kept = choice.value.programs;
    return kept ? all.map(({ id }) => id).filter((id) => kept.includes(id)) : programsByDefault(all);
  });
  const from = computed(() => {
    const { span } = choice.value;
    if (span === 'all') return null;
    return span === 'month' ? addDays(today.value, -MONTH) : today.value;
  });
  const plan = useLive(
    async () => {
      if (!ready.value || !programs.data.value || today.value === '') return undefined;
      return call('kits.plan', { programs: chosenPrograms.value, from: from.value });
    },
    {
      entities: ['program', 'session', 'site', 'person', 'store'],
      on: () =>
        JSON.stringify([
          ready.value && programs.data.value !== undefined,
          chosenPrograms.value,
          today.value,
          from.value,
        ]),
    },
  );

  const sessions = computed(() =>
    withinSpan(plan.data.value?.sessions ?? [], choice.value.span, today.value && addDays(today.value, WEEK)),
  );
  const rows = computed(() => rowsOf(plan.data.value?.sites ?? [], sessions.value));
  const orders = computed(() =>
    plan.data.value ? ordersOf(plan.data.value, sessions.value, choice.value) : [],
  );
  // What a kit would hold hangs together with nearly everything.
  let left = false;
  onScopeDispose(() => (left = true));
  const lines = useLive(() => linesOf(orders.value, () => left), {
    on: () => JSON.stringify(orders.value),
  });
  const kits = computed((): TrainerKit[] => {
    const names = new Map(plan.data.value?.trainers.map(({ id, name }) => [id, name]));
    const counted = new Map(lines.data.value?.map((line) => [line.trainer.id, line]));
    return orders.value.map((order) => ({
      order,
      name: names.get(order.trainer) ?? '',
      isIn: isTrainerIn(order.trainer, choice.value),
      plain: plain.value.has(order.trainer),
      line: counted.get(order.trainer),
    }));
  });
  const toMake = computed(() =>
    kits.value
      .filter(({ isIn, order }) => isIn && order.sessions.length > 0)
      .map((kit) => toMakeOf(kit, toGo.value)),
  );

  function set(ids: readonly string[], isIn: boolean): void {
    const by = { ...choice.value.by, ...Object.fromEntries(ids.map((id) => [id, isIn])) };
    choice.value = { ...choice.value, by };
  }

  function setPlain(trainer: string, wanted: boolean): void {
    const next = new Set(plain.value);
    if (wanted) next.add(trainer);
    else next.delete(trainer);
    plain.value = next;
  }

  function giveTo(session: string, trainer: string | null): void {
    const { [session]: _before, ...given } = choice.value.given;
    choice.value = { ...choice.value, given: trainer ? { ...given, [session]: trainer } : given };
  }

  function toggleDestination(id: string, isIn: boolean): void {
    const others = toGo.value.map((one) => one.id).filter((one) => one !== id);
    choice.value = { ...choice.value, destinations: isIn ? [...others, id] : others };
  }

  function toggleProgram(id: string | null, isIn: boolean): void {
    const others = chosenPrograms.value.filter((one) => one !== id);
    choice.value = { ...choice.value, programs: isIn ? [...others, id] : others };
  }

  return {
    choice,
    programs,
    chosenPrograms,
    plan,
    sessions,
    rows,
    kits,
    toMake,
    destinations,
    toGo,
    lines,
    nobodys: computed(() =>
      plan.data.value ? unassigned(plan.data.value, sessions.value, choice.value) : [],
    ),
    set,
    setPlain,
    giveTo,
    toggleProgram,
    toggleDestination,
    setSpan: (span: Span) => (choice.value = { ...choice.value, span }),
  };
}
