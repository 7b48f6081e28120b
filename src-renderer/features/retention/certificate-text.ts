import { useI18n } from 'vue-i18n';
import type { Certificate } from '#shared/contract/retention.ts';
import { useFormat } from '../../use/format.ts';
import { useLabels } from '../../use/labels.ts';

/** One entry of the record of destruction in words. */
export function useCertificateText() {
  const { t } = useI18n();
  const format = useFormat();
  const labels = useLabels();

  return {
    kinds: ({ kinds }: Certificate): string =>
      kinds
        .map(({ entity, field, records }) => {
          const names = { entity: labels.entityLabel(entity), field: labels.destroyedLabel(entity, field) };
          return `${t('retention.kind', names)} ${t('retention.records', { n: format.number(records) })}`;
        })
        .join(', '),
    rules: ({ rules }: Certificate): string =>
      rules
        .map(({ name, keptUntil }) =>
          keptUntil === null ? name : t('retention.rule', { name, day: format.fullDay(keptUntil) }),
        )
        .join(', '),
    sent: ({ sent }: Certificate): string =>
      sent
        .map(({ to, kind, files, from, until }) => {
          const days = [...new Set([from, until])].map((day) => format.fullDay(day)).join(' ~ ');
          return t(`retention.left.${kind}`, { to, n: format.number(files), days });
        })
        .join(', '),
    basis: ({ basis }: Certificate): string => labels.codeLabel('destruction', 'basis', basis),
    byWhom: ({ by, laptop }: Certificate): string =>
      [by ? (by.name ?? by.id) : t('retention.nobody'), laptop.name ?? laptop.id].join(' · '),
  };
}
