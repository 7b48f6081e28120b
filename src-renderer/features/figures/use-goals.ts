import { computed } from 'vue';
import { call } from '../../api.ts';
import { useLive } from '../../use/live.ts';

/** What a programme set out to reach; null where it named no goal. */
export interface Goals {
  readonly stores: number | null;
  readonly friends: number | null;
}

/** The goals of every programme, by id. */
export function useGoals() {
  const goals = useLive(
    async () => {
      const programs = await call('programs.list');
      const records = await Promise.all(
        programs.map(({ id }) => call('records.get', { entity: 'program', id })),
      );
      return new Map(
        records.map(({ id, fields }): [string, Goals] => [
          id,
          { stores: goalIn(fields['goalStores']), friends: goalIn(fields['goalFriends']) },
        ]),
      );
    },
    { entities: ['program'] },
  );
  return computed<ReadonlyMap<string, Goals>>(() => goals.data.value ?? new Map<string, Goals>());
}

function goalIn(value: unknown): number | null {
  return typeof value === 'number' && value > 0 ? value : null;
}
