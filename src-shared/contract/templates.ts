import { z } from 'zod';
import { EVIDENCES, QUESTION_KINDS, type ChecklistItem, type SurveyQuestion } from '../model/templates.ts';
import type { TemplateKind, TemplateState } from '../model/template-versions.ts';
import { call } from './call.ts';
import { id, line, none, paragraph, requiredLine } from './shapes.ts';

export interface TemplateRow {
  kind: TemplateKind;
  id: string;
  name: string;
  version: number;
  /** The version that it was made from. */
  basedOn: string | null;
  state: TemplateState;
  /** How many items or questions it has. */
  size: number;
  /** The programmes that use it. */
  programs: { id: string; name: string }[];
  /** Visits under a checklist, responses to a survey. */
  answers: number;
}

export interface TemplateView extends TemplateRow {
  /** Of a checklist; else empty. */
  items: ChecklistItem[];
  /** Of a survey; else empty. */
  questions: SurveyQuestion[];
  /** What a survey asks to agree to before its first question; null where it asks nobody. */
  consentText: string | null;
}

const kind = z.enum(['checklist', 'survey']);
const key = z.string().min(1).max(60);
const name = line.optional();

/** Members that this version does not know are kept: a newer laptop may have put them there. */
const item = z.looseObject({ key, label: line, evidence: z.enum(EVIDENCES).optional() });
const question = z.looseObject({
  key,
  label: line,
  kind: z.enum(QUESTION_KINDS),
  choices: z.array(line).max(30).optional(),
  role: z.literal('helpful').optional(),
});

/** Only a draft may be written to: see docs/decisions/0011-template-versions.md. */
export const templates = {
  /** Every version of every template, newest first. */
  'templates.list': call<TemplateRow[]>()(none),
  'templates.get': call<TemplateView>()(z.strictObject({ kind, id })),
  /** A new, empty draft. */
  'templates.create': call<{ id: string }>()(z.strictObject({ kind, name: requiredLine })),
  /** The draft that is to follow a version: the one that is there already, or a copy of it. */
  'templates.revise': call<{ id: string }>()(z.strictObject({ kind, id })),
  /** A draft that begins like another template and goes its own way. */
  'templates.copy': call<{ id: string }>()(z.strictObject({ kind, id, name: requiredLine })),
  'templates.writeChecklist': call<null>()(
    z.strictObject({ id, name, items: z.array(item).max(100).optional() }),
  ),
  'templates.writeSurvey': call<null>()(
    z.strictObject({
      id,
      name,
      questions: z.array(question).max(100).optional(),
      consentText: paragraph.nullable().optional(),
    }),
  ),
  /** Puts a draft to use: gives it its number and moves the programmes named to it, all at once. */
  'templates.publish': call<{ version: number }>()(
    z.strictObject({ kind, id, programs: z.array(id).min(1).max(1000) }),
  ),
  /** Throws a draft away; `records.restore` brings it back. */
  'templates.discard': call<null>()(z.strictObject({ kind, id })),
};
