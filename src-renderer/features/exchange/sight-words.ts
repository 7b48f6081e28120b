import { useI18n } from 'vue-i18n';
import type { FileDigest, FileSight, ProgramSight } from '#shared/contract/exchange.ts';
import { useFormat } from '../../use/format.ts';
import { useLabels } from '../../use/labels.ts';
import { tellingCounts } from './file-queue.ts';

/** People who are called by name; the others are counted. */
const NAMED = 3;

/** What is in a file, in words, before anything of it is stored. */
export function useSightWords() {
  const { t } = useI18n();
  const format = useFormat();
  const labels = useLabels();

  function trainers({ trainers: all }: FileDigest): string {
    const names = all.map(({ name }) => name).filter((name) => name !== null);
    if (all.length === 0) return '';
    if (names.length === 0) return t('exchange.trainersUnnamed', { n: format.number(all.length) });
    const list = names.slice(0, NAMED).join(', ');
    const more = all.length - Math.min(names.length, NAMED);
    return more > 0 ? t('exchange.andPeople', { list, n: format.number(more) }) : list;
  }

  function days({ days: of }: FileDigest): string {
    if (!of) return '';
    if (of.from === of.to) return format.fullDay(of.from);
    const sameYear = of.from.slice(0, 4) === of.to.slice(0, 4);
    const to = sameYear ? format.monthDay(of.to) : format.fullDay(of.to);
    return t('exchange.fromTo', { from: format.fullDay(of.from), to });
  }

  /** 방문 12 · 출석 40 · 만족도 8 · 새 점포 2; of a file without such work, the records that it holds. */
  function counts({ digest, manifest }: FileSight): string[] {
    const work = (
      [
        ['visit', digest.visits],
        ['attendance', digest.attendance],
        ['response', digest.responses],
        ['newStore', digest.newStores ?? 0],
      ] as const
    ).filter(([, n]) => n > 0);
    const least = digest.whole ? '' : '+';
    if (work.length > 0) {
      return work.map(([part, n]) => `${t(`exchange.part.${part}`)} ${format.number(n)}${least}`);
    }
    return tellingCounts(manifest.counts.records, 5).map(([entity, n]) =>
      t('exchange.count', { what: labels.entityLabel(entity), n: format.number(n) }),
    );
  }

  /** How much of it is new here; nothing where that is not known. */
  function fresh({ digest, manifest }: FileSight): string {
    if (digest.fresh === null) return '';
    const known = manifest.counts.changes - digest.fresh;
    if (known === 0) return '';
    return digest.fresh === 0
      ? t('exchange.nothingFresh')
      : t('exchange.someFresh', { n: format.number(digest.fresh), known: format.number(known) });
  }

  function programs(list: readonly ProgramSight[]): string {
    const names = list.slice(0, NAMED).map(({ name }) => name ?? t('exchange.programUnnamed'));
    const more = list.length - names.length;
    const named = names.join(', ');
    return more > 0 ? t('exchange.andMore', { list: named, n: format.number(more) }) : named;
  }

  return { trainers, days, counts, fresh, programs };
}
