import type { Handlers } from '#shared/contract/contract.ts';
import { keep } from './conflict-desk/later.ts';
import { gather } from './conflict-desk/gather.ts';
import { list } from './conflict-desk/list.ts';
import { preview, type SeenSides } from './conflict-desk/rule.ts';
import { settle, settleAll } from './conflict-desk/settle.ts';
import { view } from './conflict-desk/view.ts';
import { laterStamp } from '../store/conflict-later.ts';
import type { Deps } from './deps.ts';
import { whileUnchanged } from './unchanged.ts';

type Methods =
  | 'conflicts.list'
  | 'conflicts.view'
  | 'conflicts.later'
  | 'conflicts.settle'
  | 'conflicts.preview'
  | 'conflicts.settleAll';

export function conflictHandlers(deps: Deps): Pick<Handlers, Methods> {
  const seen: SeenSides = new Map();
  const unchanged = whileUnchanged(deps.store);
  return {
    'conflicts.list': (input) =>
      list(
        deps,
        unchanged.once(laterStamp(deps.store.db), () => gather(deps.store)),
        input,
      ),
    'conflicts.view': (input) => view(deps, input),
    'conflicts.later': (input) => keep(deps, input),
    'conflicts.settle': (input) => settle(deps, input),
    'conflicts.preview': (input) => preview(deps, input, seen),
    'conflicts.settleAll': (input) => {
      // What is settled is not tried again.
      seen.clear();
      return settleAll(deps, input);
    },
  };
}
