import { personalSheets, type PersonalSheet } from '#shared/contract/report.ts';
import { isWithin, realDay, type Period } from '#shared/figures/days.ts';
import type { Facts } from '#shared/figures/facts.ts';
import type { ReportProgram, ReportRows } from '#shared/figures/report-rows.ts';
import type { MergedFiles } from '#shared/figures/report-state.ts';
import type { Question } from '#shared/figures/scope.ts';
import type { InFull } from '../in-full.ts';
import type { FreeCell, FreeSheet } from '../sheet.ts';

interface HeadInput {
  readonly facts: Facts<ReportRows>;
  readonly programs: readonly ReportProgram[];
  readonly question: Question;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly merged: MergedFiles;
  readonly inFull: InFull | null;
}

/** The title block: which programme and period, what was recorded when, and when this was made. */
export function headRows(
  { programs, question, now, facts, merged, inFull }: HeadInput,
  lastColumn: number,
): FreeSheet['rows'] {
  const asked = programs.length === 1 ? (programs[0]?.name ?? '') : `전체 사업 ${programs.length}개`;
  const { from, to } = question;
  const span = from || to ? `${from ?? '처음'} ~ ${to ?? '지금'}` : '전체 기간';
  const line = (value: string, style: FreeCell['style'], height: number): FreeSheet['rows'][number] => ({
    height,
    cells: [{ column: 1, until: lastColumn, value, style }],
  });
  return [
    line('단골수첩 보고서', 'title', 34),
    line(`${asked}  ·  ${span}`, 'subtitle', 22),
    line(
      `${coverage(facts, question)}  ·  ${mergedWhen(merged)}  ·  만든 때 ${seoulMinute(now)} (한국 시각)`,
      'quiet',
      18,
    ),
    line(
      `값은 모두 뒤 시트의 줄을 세는 수식이에요. 이름과 전화번호, 사업자등록번호는 ${inFull ? '아래에 적은 시트 말고는 ' : ''}가렸어요. 열마다의 뜻은 자료 사전 시트에 있어요.`,
      'quiet',
      18,
    ),
    ...(inFull
      ? [line(personalLine(inFull, now), 'label', 26), line(`까닭: ${inFull.reason}`, 'body', 34)]
      : []),
    { height: 8, cells: [] },
  ];
}

/** Who has people in full before them must see at once that they do, and who asked for it. */
function personalLine({ sheets, by }: InFull, now: number): string {
  const names = Object.entries(personalSheets).flatMap(([key, name]) =>
    sheets.has(key as PersonalSheet) ? [name] : [],
  );
  return `개인정보가 그대로 있어요: ${names.join(', ')}  ·  요청 ${by}, ${seoulMinute(now)}`;
}

/** From the first to the last day on which something was recorded. */
function coverage(
  { attendance, visits, friendReadings, grants, awards }: Facts<ReportRows>,
  period: Period,
): string {
  const days = [
    attendance.map(({ session }) => session.date),
    visits.map(({ row }) => row.date),
    friendReadings.map(({ row }) => row.date),
    grants.map(({ row }) => row.grantedOn),
    awards.map(({ row }) => row.awardedOn),
  ].flat();
  let first: string | null = null;
  let last: string | null = null;
  for (const day of days) {
    // Friend counts from before a period are listed, since they stand until the next one.
    if (day === null || realDay(day) === null || !isWithin(day, period)) continue;
    if (first === null || day < first) first = day;
    if (last === null || day > last) last = day;
  }
  return first === null ? '담긴 기록이 아직 없어요' : `담긴 기록 ${first} ~ ${last}`;
}

function mergedWhen({ files, lastAt }: MergedFiles): string {
  if (lastAt === null) return '합친 파일은 없어요';
  return `마지막으로 합친 때 ${seoulMinute(Date.parse(lastAt))} (파일 ${files.toLocaleString('en-US')}개)`;
}

/** YYYY-MM-DD HH:MM in Asia/Seoul. */
function seoulMinute(ms: number): string {
  return new Date(ms + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
