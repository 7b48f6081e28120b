import type { ErrorCode } from '../errors.ts';

/** What happened, what it means for the data, what to do next. `{name}` stands for a parameter. */
export type Sentence = readonly [ko: string, en: string];

/** Some codes with their sentences; `messages.ts` joins them, and does not compile while one is missing. */
export type Sentences = { readonly [code in ErrorCode]?: Sentence };
