import { useI18n } from 'vue-i18n';
import type { Json } from '#shared/merge/canonical.ts';
import { fieldOf } from '#shared/model/model.ts';
import { useFormat } from './format.ts';
import { useLabels } from './labels.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A value as a person reads it: codes by their labels, days and money written out, references by name. */
export function useValueText() {
  const { t } = useI18n();
  const format = useFormat();
  const labels = useLabels();

  return function textOf(
    entity: string,
    field: string,
    value: Json | undefined,
    names: ReadonlyMap<string, string> = new Map(),
  ): string {
    if (value === null || value === undefined || value === '') return t('value.empty');
    const declared = fieldOf(entity, field);
    // To settle it one may go by the laptop and the time; what a merchant answered is for no trainer's eyes.
    if (declared?.confidential)
      return t('value.answers', { n: format.number(Object.keys(value as object).length) });
    const kind = declared?.kind;
    const name = (id: Json): string => names.get(String(id)) ?? t('value.noName');
    if (field === 'deleted') return value === true ? t('value.deleted') : t('value.restored');
    if (kind === 'flag') return value === true ? t('value.yes') : t('value.no');
    if (kind === 'code') return labels.codeLabel(entity, field, String(value));
    if (kind === 'date') return isDay(value) ? format.fullDay(value) : String(value);
    if (kind === 'instant') return isTime(value) ? format.moment(value) : String(value);
    if (kind === 'money') return t('value.won', { n: format.number(Number(value)) });
    if (kind === 'integer' || kind === 'decimal') return format.number(Number(value));
    if (kind === 'ref') return name(value);
    if (kind === 'refs' && Array.isArray(value)) return value.map(name).join(', ') || t('value.empty');
    if (kind === 'blob') return `${labels.fieldLabel(entity, field)} ${String(value).slice(0, 8)}`;
    return typeof value === 'string' ? value : (listText(value) ?? JSON.stringify(value, null, 1));
  };
}

/** The items of a checklist, the questions of a survey: their labels. */
function listText(value: Json): string | null {
  if (!Array.isArray(value)) return null;
  const labels = value.map((item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? item['label'] : null,
  );
  return labels.length > 0 && labels.every((label) => typeof label === 'string') ? labels.join(', ') : null;
}

function isDay(value: Json): value is string {
  return typeof value === 'string' && DAY.test(value) && isTime(value);
}

function isTime(value: Json): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
