import type { OutputOf } from '#shared/contract/contract.ts';
import type { DueRow } from '#shared/contract/retention.ts';
import { valueOf, withCore, type Outcome, type Place } from './cli-commands.ts';

/** The periods, every record that is due or will be within 30 days (names masked), and the record of destruction. */
export function retentionOf(place: Place): Promise<Outcome> {
  return withCore(place, async (core) => {
    const rows = async (when: 'now' | 'soon'): Promise<DueRow[]> => {
      const found: DueRow[] = [];
      for (let after: string | undefined; ;) {
        const input = { when, limit: 1000, ...(after === undefined ? {} : { after }) };
        const page = valueOf(await core.call('retention.rows', input)) as OutputOf<'retention.rows'>;
        found.push(...page.rows);
        if (page.next === null) return found;
        after = page.next;
      }
    };
    const state = valueOf(await core.call('retention.state', {})) as OutputOf<'retention.state'>;
    const certificates = valueOf(await core.call('retention.certificates', {}));
    return {
      value: { ...state, rows: { now: await rows('now'), soon: await rows('soon') }, certificates },
    };
  });
}

/** Looks and decides in one go: whoever types it has looked with `retention` before. */
export function eraseDue(
  place: Place,
  { program, reason }: { readonly program: string; readonly reason: string },
): Promise<Outcome> {
  return withCore(place, async (core) => {
    const preview = valueOf(await core.call('retention.preview', { program }));
    const { token, kinds } = preview as OutputOf<'retention.preview'>;
    const done = valueOf(await core.call('retention.erase', { program, token, reason }));
    return { value: { ...(done as OutputOf<'retention.erase'>), kinds } };
  });
}
