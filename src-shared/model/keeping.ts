import { code, date, entity, integer, json, ref, text } from './field.ts';

/** How personal data ends: the record of what was destroyed. It holds kinds and counts, never a value. */
export const keeping = {
  /** Written once, together with the erasures that it tells of; its first change is the certificate. */
  destruction: entity('파기 기록', 'Destruction', {
    basis: code('파기 사유', 'Basis', {
      retention: ['보관 기간이 지남', 'Kept long enough'],
      withdrawal: ['동의 철회', 'Consent withdrawn'],
      request: ['정보주체의 요구', 'Asked for by the person'],
    }),
    destroyedOn: date('파기일', 'Destroyed on'),
    reason: text('까닭', 'Reason'),
    by: ref('person', '파기한 사람', 'By'),
    /** The programmes with the rule as it stood: `[{"id","name","endsOn","months","keptUntil"}]`. */
    rules: json('사업과 보관 기간', 'Programmes and periods'),
    /** `[{"entity","field","records"}]`. */
    kinds: json('파기한 항목', 'What was destroyed'),
    records: integer('기록 수', 'Records'),
    /** Files that had left for a destination before: `[{"to","kind","files","from","until"}]`. */
    sent: json('전에 나간 파일', 'Files that had left'),
  }),
} as const;
