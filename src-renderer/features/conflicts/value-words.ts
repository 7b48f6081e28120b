import type { ConflictEdit } from '#shared/contract/conflicts.ts';
import type { Before } from '#shared/merge/value-before.ts';
import { useI18n } from 'vue-i18n';
import { useLabels } from '../../use/labels.ts';
import { useValueText } from '../../use/value-text.ts';

/** The words of a conflict that several parts of its screen use. */
export function useConflictWords() {
  const { t } = useI18n();
  const labels = useLabels();
  const textOf = useValueText();

  function beforeText(
    entity: string,
    field: string,
    before: Before,
    names: ReadonlyMap<string, string>,
  ): string {
    return before.kind === 'value'
      ? textOf(entity, field, before.value, names)
      : t(`conflicts.before.${before.kind}`);
  }

  return {
    beforeText,
    /** What a side edited, such as 메모: 비어 있었어요 → 다시 문을 열었어요 */
    editText: (
      entity: string,
      { field, from, to }: ConflictEdit,
      names: ReadonlyMap<string, string>,
    ): string =>
      t('conflicts.editOf', {
        field: labels.fieldLabel(entity, field),
        from: beforeText(entity, field, from, names),
        to: textOf(entity, field, to, names),
      }),
    fieldName: (entity: string, field: string): string =>
      field === 'deleted'
        ? t('conflicts.between', { left: t('value.deleted'), right: t('conflicts.edited') })
        : labels.fieldLabel(entity, field),
    /** The record within its shop: nothing where it is the shop itself. */
    recordName: (entity: string, title: string, groupKind: string): string =>
      entity === groupKind ? '' : [labels.entityLabel(entity), title].filter((part) => part !== '').join(' '),
  };
}
