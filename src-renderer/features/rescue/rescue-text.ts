import { useI18n } from 'vue-i18n';
import type { Rescue } from '#shared/contract/rescue.ts';
import { useFormat } from '../../use/format.ts';

/** One line of what did not come back; `good` where there is nothing to worry about. */
interface Line {
  readonly text: string;
  readonly good: boolean;
}

/** A rescue in words, part by part. */
export function useRescueText() {
  const { t } = useI18n();
  const format = useFormat();
  const n = (key: string, count: number): string => t(`rescue.${key}`, { n: format.number(count) });
  const moment = (iso: string): string => format.moment(iso);

  function back({ copy, recovered, newest }: Rescue): string[] {
    const lines = [n('copy', copy.changes)];
    if (recovered && recovered.changes > 0) lines.push(n('recovered', recovered.changes));
    if (recovered && recovered.imports > 0) lines.push(n('imports', recovered.imports));
    if (newest) lines.push(t('rescue.newest', { at: moment(newest) }));
    return lines;
  }

  function lost(of: Rescue): Line[] {
    const bad: string[] = [];
    const { recovered, copy, logGone, skipped } = of;
    const changes = recovered?.lost ?? null;
    const some = recovered !== null && recovered.changes > 0;
    if (changes === null)
      bad.push(t(some ? 'rescue.lostSome' : 'rescue.lostUnknown', { at: moment(copy.at) }));
    else if (changes > 0) bad.push(n('lostChanges', changes));
    if (logGone && changes !== null) bad.push(t('rescue.lostLog'));
    if (recovered && changes !== null && recovered.lostBlobs !== 0)
      bad.push(
        recovered.lostBlobs === null ? t('rescue.lostBlobsUnknown') : n('lostBlobs', recovered.lostBlobs),
      );
    if (skipped > 0) bad.push(n('skipped', skipped));
    const first = isWhole(of) ? [{ text: t('rescue.lostNothing'), good: true }] : [];
    return [...first, ...[...bad, t('rescue.lostLocal')].map((text) => ({ text, good: false }))];
  }

  function next(of: Rescue): string[] {
    const since = isWhole(of)
      ? []
      : [t('rescue.nextCheck', { at: moment(of.copy.at) }), t('rescue.nextImport')];
    return [...since, t('rescue.nextDisk'), ...(of.aside === null ? [] : [t('rescue.nextKeep')])];
  }

  return { moment, back, lost, next };
}

function isWhole({ recovered, logGone }: Rescue): boolean {
  return recovered?.lost === 0 && recovered.lostBlobs === 0 && !logGone;
}
