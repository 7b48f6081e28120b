import { checklistItems, type ChecklistItem } from '../model/templates.ts';
import type { ReportCheck, ReportChecklistTemplate, ReportRows, ReportVisit } from './report-rows.ts';
import type { VisitFact } from './session-facts.ts';

/** An item of one version of a checklist; one that no checklist here has is called by its key. */
export interface CheckedItem {
  readonly template: ReportChecklistTemplate | null;
  readonly key: string;
  readonly label: string;
  readonly evidence: ChecklistItem['evidence'] | null;
}

/** An item in a visit. `state` is null where a visit that was done left it open. */
export interface CheckFact {
  readonly visit: VisitFact<ReportVisit>;
  readonly program: string | null;
  readonly item: CheckedItem;
  readonly state: string | null;
  readonly value: string | null;
}

/**
 * What was checked in the visits that the report shows, in their order, and of visits that were done also what was left
 * open: by the rule of the state of the data (docs/desk.md), every item of the checklist that a visit went by is asked.
 * `items` are those that occur, by checklist, version and place in it.
 */
export function checkFacts(
  rows: Pick<ReportRows, 'checks' | 'checklistTemplates' | 'programs'>,
  visits: readonly VisitFact<ReportVisit>[],
): { items: CheckedItem[]; facts: CheckFact[] } {
  const lists = new Map(rows.checklistTemplates.map((template) => [template.id, itemsOf(template)]));
  const usual = new Map(rows.programs.map(({ id, checklistTemplate }) => [id, checklistTemplate]));
  const byVisit = checksByVisit(rows.checks);
  const used = new Set<CheckedItem>();
  const strays = new Map<string, CheckedItem>();
  const facts: CheckFact[] = [];
  for (const visit of visits) {
    const { row, program } = visit;
    const templateId = row.checklistTemplate ?? (program === null ? null : (usual.get(program) ?? null));
    const asked = (templateId !== null && lists.get(templateId)) || [];
    const checks = byVisit.get(row.id) ?? new Map<string, ReportCheck>();
    const add = (item: CheckedItem, check: ReportCheck | undefined): void => {
      used.add(item);
      facts.push({ visit, program, item, state: check?.state ?? null, value: check?.value ?? null });
    };
    for (const item of asked) {
      const check = checks.get(item.key);
      if (row.outcome === 'done' || (check && check.state !== null)) add(item, check);
    }
    for (const [key, check] of checks) {
      if (check.state === null || asked.some((item) => item.key === key)) continue;
      let stray = strays.get(key);
      if (!stray) strays.set(key, (stray = { template: null, key, label: key, evidence: null }));
      add(stray, check);
    }
  }
  const known = [...lists.values()].flat().filter((item) => used.has(item));
  const unknown = [...strays.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  return { items: [...known, ...unknown], facts };
}

function itemsOf(template: ReportChecklistTemplate): CheckedItem[] {
  const byKey = new Map(checklistItems(template.items).map((item) => [item.key, item]));
  return [...byKey.values()].map(({ key, label, evidence }) => ({
    template,
    key,
    label,
    evidence: evidence ?? null,
  }));
}

function checksByVisit(checks: readonly ReportCheck[]): Map<string, Map<string, ReportCheck>> {
  const byVisit = new Map<string, Map<string, ReportCheck>>();
  for (const check of checks) {
    if (check.visit === null || check.item === null) continue;
    let list = byVisit.get(check.visit);
    if (!list) byVisit.set(check.visit, (list = new Map()));
    list.set(check.item, check);
  }
  return byVisit;
}
