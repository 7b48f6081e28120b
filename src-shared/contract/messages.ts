import type { ErrorCode, ErrorParams, ErrorReport } from './errors.ts';
import { conflictsSentences } from './sentences/conflicts.ts';
import { deliveriesSentences } from './sentences/deliveries.ts';
import { filesSentences } from './sentences/files.ts';
import { hubSentences } from './sentences/hub.ts';
import { keepingSentences } from './sentences/keeping.ts';
import { programSentences } from './sentences/program.ts';
import { storeSentences } from './sentences/store.ts';
import { tablesSentences } from './sentences/tables.ts';
import { vaultSentences } from './sentences/vault.ts';
import type { Sentence } from './sentences/sentence.ts';

export type Language = 'ko' | 'en';

/** For each code: what happened, what it means for the data, what to do next. `{name}` stands for a parameter. */
const sentences: Record<ErrorCode, Sentence> = {
  ...programSentences,
  ...storeSentences,
  ...filesSentences,
  ...tablesSentences,
  ...keepingSentences,
  ...conflictsSentences,
  ...vaultSentences,
  ...deliveriesSentences,
  ...hubSentences,
};

/** The sentence for an error, with its parameters filled in. */
export function messageOf(error: ErrorReport, language: Language): string {
  const sentence = sentences[error.code] ?? sentences.INTERNAL;
  return fill(sentence[language === 'ko' ? 0 : 1], error.params);
}

function fill(sentence: string, params: ErrorParams): string {
  return sentence.replace(/\{(\w+)\}/g, (_whole, name: string) => shown(params[name] ?? '?'));
}

const MAX_SHOWN = 300;

/** A parameter may come from someone else's file: a terminal must not obey it, and it must not bury the sentence. */
function shown(param: string | number): string {
  const text = String(param).replace(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
