/** A trainer's visits. */
export interface TrainerFigures {
  readonly trainer: string;
  readonly visits: number;
  /** By the code of the outcome; '' for visits that are not finished. */
  readonly outcomes: ReadonlyMap<string, number>;
}

interface Visited {
  readonly row: { readonly trainer: string | null; readonly outcome: string | null };
}

/** Each trainer who visited a shop, in the order of their first visits. */
export function figuresByTrainer(visits: readonly Visited[]): TrainerFigures[] {
  const trainers = new Map<string, { visits: number; outcomes: Map<string, number> }>();
  for (const { row } of visits) {
    if (row.trainer === null) continue;
    const one = trainers.get(row.trainer) ?? { visits: 0, outcomes: new Map<string, number>() };
    trainers.set(row.trainer, one);
    one.visits += 1;
    const outcome = row.outcome ?? '';
    one.outcomes.set(outcome, (one.outcomes.get(outcome) ?? 0) + 1);
  }
  return [...trainers].map(([trainer, figures]) => ({ trainer, ...figures }));
}
