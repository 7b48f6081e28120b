import { useRouter, type RouteLocationRaw } from 'vue-router';
import { useStoreList } from '../../../stores/store-list.ts';
import { rowsAt } from '../question.ts';
import type { Lead } from './series.ts';

/** Leads from a bar, a name or a number to the rows that it counts. */
export function useLead() {
  const router = useRouter();
  const stores = useStoreList();

  /** `name` is what the bar is called: the list behind it says so. */
  function to(lead: Lead, name: string): RouteLocationRaw {
    return lead.to === 'rows' ? rowsAt(lead.figure, { ...lead.by, of: name }) : '/stores';
  }

  /** The list of shops keeps its filters for the one who comes back; these are the new ones. */
  function prepare(lead: Lead): void {
    if (lead.to === 'rows') return;
    stores.$patch({
      text: '',
      status: null,
      site: { id: lead.id, name: lead.name },
      at: 0,
      top: 0,
    });
  }

  async function go(lead: Lead, name: string): Promise<void> {
    prepare(lead);
    await router.push(to(lead, name));
  }

  return { to, prepare, go };
}
