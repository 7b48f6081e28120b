import type { InputOf } from '#shared/contract/contract.ts';
import type { ConflictView } from '#shared/contract/conflicts.ts';

export type Rule = InputOf<'conflicts.preview'>['rule'];
export type Over = InputOf<'conflicts.preview'>['over'];

/** A rule with what names it: the person, the laptop or the file that it goes by. */
export interface RuleChoice {
  readonly key: string;
  readonly rule: Rule;
  readonly name: string;
}

/** The rules that the conflict at hand suggests: those that need nothing, and one for each who took part in it. */
export function ruleChoices({ sides }: Pick<ConflictView, 'sides'>): RuleChoice[] {
  const choices: RuleChoice[] = [];
  const add = (rule: Rule, key: string, name = ''): void => {
    if (!choices.some((choice) => choice.key === key)) choices.push({ key, rule, name });
  };
  add({ by: 'newest' }, 'newest');
  add({ by: 'oldest' }, 'oldest');
  for (const { author } of sides) {
    if (author?.name) add({ by: 'author', author: author.id }, `author ${author.id}`, author.name);
  }
  for (const { laptop } of sides) {
    add({ by: 'laptop', laptop: laptop.id }, `laptop ${laptop.id}`, laptop.name ?? '');
  }
  for (const side of sides) {
    if (side.import !== null)
      add({ by: 'file', file: side.import }, `file ${side.import}`, fileName(side.file ?? ''));
  }
  add({ by: 'most' }, 'most');
  add({ by: 'filled' }, 'filled');
  return choices;
}

/** A file as a person calls it: without its folder and its ending. */
export function fileName(file: string): string {
  return file.replace(/^.*[\\/]/, '').replace(/\.dangol$/i, '');
}
