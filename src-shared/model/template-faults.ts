import type { ChecklistItem, SurveyQuestion } from './templates.ts';

/** What keeps a template from being used. `key` is the item or question that it is about; null means the whole. */
export interface TemplateFault {
  readonly key: string | null;
  readonly what:
    | 'nameEmpty'
    | 'nothing'
    | 'labelEmpty'
    | 'labelTwice'
    | 'choicesFew'
    | 'choiceEmpty'
    | 'choiceTwice'
    | 'helpfulTwice'
    | 'keyTwice';
}

const CHOICES_MIN = 2;

export function checklistFaults(name: string, items: readonly ChecklistItem[]): TemplateFault[] {
  return [...wholeFaults(name, items), ...items.flatMap((item, i) => entryFaults(item, items.slice(0, i)))];
}

export function surveyFaults(name: string, questions: readonly SurveyQuestion[]): TemplateFault[] {
  return [
    ...wholeFaults(name, questions),
    ...questions.flatMap((question, i) => {
      const before = questions.slice(0, i);
      return [
        ...entryFaults(question, before),
        ...choiceFaults(question),
        ...(question.role === 'helpful' && before.some(({ role }) => role === 'helpful')
          ? [{ key: question.key, what: 'helpfulTwice' } as const]
          : []),
      ];
    }),
  ];
}

function wholeFaults(name: string, entries: readonly unknown[]): TemplateFault[] {
  return [
    ...(name.trim() === '' ? [{ key: null, what: 'nameEmpty' } as const] : []),
    ...(entries.length === 0 ? [{ key: null, what: 'nothing' } as const] : []),
  ];
}

interface Entry {
  readonly key: string;
  readonly label: string;
}

/** The first of two equal ones is right: it is the second that a person mends. */
function entryFaults({ key, label }: Entry, before: readonly Entry[]): TemplateFault[] {
  const faults: TemplateFault[] = [];
  if (before.some((other) => other.key === key)) faults.push({ key, what: 'keyTwice' });
  if (bare(label) === '') faults.push({ key, what: 'labelEmpty' });
  else if (before.some((other) => bare(other.label) === bare(label)))
    faults.push({ key, what: 'labelTwice' });
  return faults;
}

function choiceFaults({ key, kind, choices = [] }: SurveyQuestion): TemplateFault[] {
  if (kind !== 'choice') return [];
  const words = choices.map(bare);
  const given = words.filter((word) => word !== '');
  const faults: TemplateFault[] = [];
  if (choices.length < CHOICES_MIN) faults.push({ key, what: 'choicesFew' });
  if (given.length < words.length) faults.push({ key, what: 'choiceEmpty' });
  if (new Set(given).size < given.length) faults.push({ key, what: 'choiceTwice' });
  return faults;
}

/** Two labels that a reader cannot tell apart are the same. */
function bare(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
