import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { freshId, mustBeLive, writeRecord, type Deps } from './deps.ts';
import { mustBeReady } from './templates.ts';

export function programHandlers(deps: Deps): Pick<Handlers, 'programs.create' | 'programs.update'> {
  return {
    'programs.create': (input) => create(deps, input),
    'programs.update': (input) => update(deps, input),
  };
}

function create(deps: Deps, input: CheckedOf<'programs.create'>): { id: string } {
  const id = freshId(deps);
  writeRecord(deps, 'program', id, input);
  return { id };
}

function update(deps: Deps, { id, ...set }: CheckedOf<'programs.update'>): null {
  mustBeLive(deps, 'program', id);
  if (set.checklistTemplate) mustBeReady(deps, 'checklist', set.checklistTemplate);
  if (set.surveyTemplate) mustBeReady(deps, 'survey', set.surveyTemplate);
  writeRecord(deps, 'program', id, set);
  return null;
}
