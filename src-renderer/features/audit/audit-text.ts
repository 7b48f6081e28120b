import { useI18n } from 'vue-i18n';
import type { AuditRow } from '#shared/contract/audit.ts';
import { useFormat } from '../../use/format.ts';
import { useLabels } from '../../use/labels.ts';

/** An entry in words: what was done, what it was about, and who did it. */
export function useAuditText() {
  const { t, te } = useI18n();
  const format = useFormat();
  const labels = useLabels();
  /** A word that this version does not know is shown as it is. */
  const word = (part: 'what' | 'form' | 'sheet', code: string): string =>
    te(`audit.${part}.${code}`) ? t(`audit.${part}.${code}`) : code;

  function aboutOf({ what, subject, title }: AuditRow): string {
    const { entity, file, form, count, parts, full, formerly } = subject;
    if (what === 'sealed') {
      const { from = 0, upTo = 0 } = subject;
      return t('audit.seal', { from, upTo, n: format.number(count ?? 0) });
    }
    const named = parts?.map((part) =>
      what === 'reportedInFull' ? word('sheet', part) : labels.fieldLabel(entityOf(entity, part), part),
    );
    const told = [
      file,
      form && word('form', form),
      subject.to && t('audit.goesTo', { place: subject.to }),
      title || (entity && entity !== 'import' && entity !== 'laptop' ? labels.entityLabel(entity) : ''),
      named?.join(', '),
      count === undefined ? '' : t('audit.items', { n: format.number(count) }),
      full === undefined ? '' : t(full ? 'audit.full' : 'audit.masked'),
      subject.sealed === undefined ? '' : t(subject.sealed ? 'audit.sealedFile' : 'audit.plainFile'),
      formerly && t('audit.carried', { n: formerly.n }),
    ];
    return told.filter(Boolean).join(' · ');
  }

  function byWhom({ person, via }: AuditRow): string {
    const name = person ? (person.name ?? person.id) : t('audit.nobody');
    return [name, t(`audit.${via}`)].join(' · ');
  }

  return { aboutOf, byWhom, whatOf: ({ what }: AuditRow): string => word('what', what) };
}

/** A signature is looked at by session, and belongs to an attendance. */
function entityOf(entity = '', part: string): string {
  return part === 'signature' ? 'attendance' : entity;
}
