import type { TrainerFigures } from '#shared/figures/by-trainer.ts';
import { maskName } from '#shared/model/mask.ts';
import { model } from '#shared/model/model.ts';
import { codesFor, type Lookups } from '../lookups.ts';
import { FIRST_ROW, live, rangeOf, tableOf, type Column, type Table } from '../sheet.ts';

interface Row {
  readonly number: number;
  readonly name: string | null;
  readonly figures: TrainerFigures;
}

/** Each trainer who visited a shop, with the outcomes of the visits: formulas over the sheet of visits. */
export function trainersSheet(visits: Table, trainers: readonly TrainerFigures[], lookups: Lookups): Table {
  const rows = trainers
    .map((figures): Row => ({
      number: lookups.personNumber(figures.trainer)!,
      name: lookups.person(figures.trainer)?.name ?? null,
      figures,
    }))
    .sort((a, b) => a.number - b.number);
  const shown = lookups.shown('trainers');
  const trainer = rangeOf(visits, 'trainerNumber');
  const outcome = rangeOf(visits, 'outcome');
  const byOutcome = codesFor(model.visit.fields.outcome).map(({ code, label }): Column<Row> => ({
    key: code,
    header: label,
    width: 11,
    kind: 'whole',
    meaning: `결과가 "${label}"인 방문의 수예요. "방문" 시트에서 세요.`,
    value: ({ figures: { outcomes } }, index) =>
      live(`COUNTIFS(${trainer},$A${FIRST_ROW + index},${outcome},"${label}")`, outcomes.get(code) ?? 0),
  }));
  return tableOf<Row>({
    name: '트레이너별',
    about: '점포를 방문한 트레이너마다 한 줄이에요. 누가 방문했는지 적지 않은 방문은 없어요.',
    rows,
    columns: [
      {
        key: 'trainerNumber',
        header: '트레이너 번호',
        width: 9,
        kind: 'whole',
        meaning: '이 보고서 안의 사람 번호예요. "방문" 시트의 번호와 같아요.',
        value: ({ number }) => number,
      },
      {
        key: 'trainerName',
        header: '트레이너',
        width: 12,
        kind: 'text',
        meaning: shown.meaning('', '성만 보여요.'),
        value: ({ name }) => shown.name(name),
      },
      {
        key: 'visits',
        header: '점포 방문',
        width: 11,
        kind: 'whole',
        meaning: '모든 방문의 수예요. "방문" 시트에서 세요.',
        value: ({ figures }, index) => live(`COUNTIFS(${trainer},$A${FIRST_ROW + index})`, figures.visits),
      },
      ...byOutcome,
      {
        key: 'label',
        header: '그래프 이름',
        width: 16,
        kind: 'text',
        meaning: '그래프에 쓰는 이름이에요. 언제나 성만 보이고, 성이 같은 사람은 번호로 구별해요.',
        screenOnly: true,
        value: ({ number, name }) => `${maskName(name) ?? '이름 없음'} (${number})`,
      },
    ],
  });
}
