import type { SurveyAnswers } from '#shared/model/templates.ts';
import type { Author } from './book.ts';
import { instant } from './calendar.ts';
import type { Campaign, Held, ShopPlan } from './plan.ts';
import type { Random } from './random.ts';
import { BEST_CHOICES, GOOD_WORDS, POOR_WORDS, SCALE_KEYS } from './templates.ts';

export interface SurveyGoal {
  /** The mean of the responses' means, in tenths: 49 is 4.9. Exact for a multiple of ten responses with a score. */
  readonly meanTenths: number;
  /** Yes among those who answered the helpful question, in per cent. Exact: a multiple of twenty answer it. */
  readonly helpfulPercent: number;
  /** How many responses answer no 5-point question at all, and so have no mean. */
  readonly unscored: number;
}

type Scores = Map<string, number>;

/**
 * `count` sheets of answers that come to the goal exactly. Everyone begins with fives; then points are taken away, as
 * many as the mean lacks. A response with k answered questions loses 1/k of its mean with each point, so those with a gap
 * lose a whole number of means, and the rest is dealt to those who answered all five.
 */
export function answerSheets(random: Random, count: number, goal: SurveyGoal): SurveyAnswers[] {
  const scored = count - goal.unscored;
  const skipOne = Math.round(scored * 0.05);
  const skipTwo = Math.round(scored * 0.015);
  const sheets: Scores[] = Array.from({ length: count }, (_, place) => {
    const gaps = place < skipOne ? 1 : place < skipOne + skipTwo ? 2 : place < scored ? 0 : SCALE_KEYS.length;
    return new Map(random.sample(SCALE_KEYS, SCALE_KEYS.length - gaps).map((key) => [key, 5]));
  });

  const lacking = (scored * (50 - goal.meanTenths)) / 10;
  const meansOfFour = Math.floor(skipOne * 0.1);
  const meansOfThree = Math.floor(skipTwo * 0.1);
  takeAway(random, sheets.slice(0, skipOne), meansOfFour * 4);
  takeAway(random, sheets.slice(skipOne, skipOne + skipTwo), meansOfThree * 3);
  takeAway(
    random,
    sheets.slice(skipOne + skipTwo, scored),
    Math.round((lacking - meansOfFour - meansOfThree) * 5),
  );

  const asked = Math.floor((count * 0.97) / 20) * 20;
  const saysNo = asked - Math.round((asked * goal.helpfulPercent) / 100);
  const helped = random.sample(sheets, asked).sort((left, right) => sadness(right) - sadness(left));
  const no = new Set([
    ...helped.slice(0, Math.floor(saysNo / 2)),
    ...random.sample(helped.slice(Math.floor(saysNo / 2)), saysNo - Math.floor(saysNo / 2)),
  ]);
  const answered = new Set(helped);
  return random
    .shuffled(sheets)
    .map((scores) => finish(random, scores, answered.has(scores) ? !no.has(scores) : null));
}

function takeAway(random: Random, sheets: readonly Scores[], points: number): void {
  for (let left = points; left > 0;) {
    const scores = random.pick(sheets);
    const key = random.pick([...scores.keys()]);
    const score = scores.get(key)!;
    const loss = Math.min(left, score - 1, random.chance(0.1) ? 2 : 1);
    scores.set(key, score - loss);
    left -= loss;
  }
}

function sadness(scores: Scores): number {
  return [...scores.values()].reduce((sum, score) => sum + 5 - score, 0);
}

function finish(random: Random, scores: Scores, helpful: boolean | null): SurveyAnswers {
  const answers: Record<string, number | boolean | string> = {};
  for (const key of SCALE_KEYS) {
    const score = scores.get(key);
    if (score !== undefined) answers[key] = score;
  }
  if (helpful !== null) answers['helpful'] = helpful;
  if (random.chance(0.94)) answers['best'] = random.pick(BEST_CHOICES);
  const unhappy = sadness(scores) > 1 || helpful === false;
  if (random.chance(unhappy ? 0.5 : 0.2)) answers['words'] = random.pick(unhappy ? POOR_WORDS : GOOD_WORDS);
  return answers;
}

/**
 * Writes one response: what is answered first, and then the whole of it when it is handed in, within two minutes. One that is left
 * lying (`abandoned`) never gets that far. Returns the id of the response.
 */
export function respond(
  campaign: Campaign,
  held: Held,
  by: Author,
  shop: ShopPlan,
  answers: SurveyAnswers,
  at: number,
  abandoned = false,
): string {
  const { book, surveyTemplate } = campaign;
  const { random } = book;
  const id = book.id(at);
  const kind = random.share();
  const mode = kind < 0.7 ? 'handover' : kind < 0.92 ? 'interview' : 'paper';
  const end = at + random.int(45_000, 110_000);
  const about = { session: held.id, template: surveyTemplate, mode } as const;
  // Some would rather not say which shop they are from.
  const store = random.chance(0.9) ? shop.id : undefined;
  const begun = Object.fromEntries(Object.entries(answers).slice(0, 2));
  if (mode === 'paper' && !abandoned) {
    book.note(end, by, 'surveyResponse', id, { ...about, store, answers, submittedAt: instant(end) });
    return id;
  }
  book.note(at, by, 'surveyResponse', id, { ...about, store, answers: begun });
  if (!abandoned) book.note(end, by, 'surveyResponse', id, { answers, submittedAt: instant(end) });
  return id;
}
