import type { Rescue } from '#shared/contract/rescue.ts';
import type { Language } from '#shared/contract/messages.ts';
import type { Core } from '../core.ts';
import { valueOf, withCore, type Outcome, type Place } from './cli-commands.ts';

/** Tells on stderr, with `--json` as one document in a line, that the store was restored, until somebody says they know. */
export function tellRescue(core: Core, { language, json }: Place): void {
  const rescue = core.rescued();
  if (!rescue) return;
  const message = sentencesOf(rescue, language);
  process.stderr.write(json ? `${JSON.stringify({ rescue: { ...rescue, message } })}\n` : `${message}\n`);
}

/** What the program restored by itself the last time; with `seen` it is not told again. */
export function rescueOf(place: Place, { seen = false }: { seen?: boolean }): Promise<Outcome> {
  return withCore(place, async (core) => {
    const last = valueOf(await core.call(seen ? 'rescue.seen' : 'rescue.last', {})) as Rescue | null;
    return { value: last && { ...last, message: sentencesOf(last, place.language) } };
  });
}

/** Whole sentences: what happened, what came back, what did not, where the damaged files are, what to do next. */
function sentencesOf(
  { copy, skipped, logGone, aside, recovered, newest }: Rescue,
  language: Language,
): string {
  const text = language === 'ko' ? korean : english;
  const at = seoul(copy.at);
  const said = [text.restored(at, copy.changes)];
  if (skipped > 0) said.push(text.skipped(skipped));
  if (!recovered) said.push(text.unknown(at));
  else {
    const { changes, imports, lost, lostBlobs } = recovered;
    if (changes > 0 || imports > 0) said.push(text.recovered(changes, imports));
    if (lost === null) said.push(changes > 0 ? text.some(at) : text.unknown(at));
    else if (lost > 0) said.push(text.lost(lost));
    else if (!logGone) said.push(text.nothingLost);
    if (logGone && lost !== null) said.push(text.logGone);
    if (lostBlobs !== 0 && lost !== null) said.push(text.lostBlobs(lostBlobs));
  }
  if (newest) said.push(text.newest(seoul(newest)));
  said.push(text.local);
  if (aside !== null) said.push(text.aside(aside));
  said.push(text.next);
  return said.join(' ');
}

/** `2026-11-24 10:00` in Asia/Seoul. */
function seoul(iso: string): string {
  return new Date(iso).toLocaleString('sv-SE', { timeZone: 'Asia/Seoul' }).slice(0, 16);
}

const korean = {
  restored: (at: string, changes: number) =>
    `수첩 파일이 상해서 ${at}에 만든 사본으로 되살렸어요 (변경 ${changes}건).`,
  skipped: (count: number) => `더 새로운 사본 ${count}개는 온전하지 않아 쓰지 못했어요.`,
  recovered: (changes: number, imports: number) =>
    `사본에 없던 변경 ${changes}건과 합친 파일 ${imports}개를 상한 파일에서 옮겨 왔어요.`,
  nothingLost: '빠진 기록은 없어요.',
  lost: (count: number) => `읽을 수 없어서 되살리지 못한 변경이 많으면 ${count}건 있어요.`,
  unknown: (at: string) =>
    `상한 파일을 읽을 수 없어서, ${at} 뒤에 적은 것은 되살리지 못했어요. 몇 건인지는 알 수 없어요.`,
  some: (at: string) => `${at} 뒤에 적은 것 가운데 빠진 것이 있을 수 있어요. 몇 건인지는 알 수 없어요.`,
  lostBlobs: (count: number | null) =>
    count === null
      ? '사진과 서명은 사본에 있던 것만 되살렸어요.'
      : `사진과 서명 ${count}개는 읽을 수 없었어요.`,
  logGone: '마지막에 적은 것을 담은 파일(store.db-wal)이 없어서, 그 안에 있던 것이 몇 건인지는 알 수 없어요.',
  newest: (at: string) => `이 노트북에서 적은 것은 ${at}까지 있어요.`,
  local: '쓰다 만 글, 되돌리기, 보낸 꾸러미 목록, 보낼 것, PIN은 사본을 만들 때의 것이에요.',
  aside: (folder: string) => `상한 파일은 지우지 않고 ${folder}에 그대로 두었어요.`,
  next: '빠진 것이 있으면 그 뒤에 이 노트북에서 내보낸 파일을 import로 다시 합쳐 주세요. 확인했으면 rescue --seen으로 이 알림을 끌 수 있어요.',
};

const english: typeof korean = {
  restored: (at, changes) =>
    `The store file was damaged, and the copy of ${at} was restored (${changes} changes).`,
  skipped: (count) => `Newer copies that were no good: ${count}.`,
  recovered: (changes, imports) =>
    `From the damaged files, ${changes} changes and ${imports} imports that the copy lacked were taken over.`,
  nothingLost: 'No record is missing.',
  lost: (count) => `Up to ${count} changes could not be read and were not recovered.`,
  unknown: (at) =>
    `The damaged files could not be read: what was recorded after ${at} was not recovered, and nobody can say how much that is.`,
  some: (at) => `Some of what was recorded after ${at} may be missing; nobody can say how much.`,
  lostBlobs: (count) =>
    count === null
      ? 'Of photos and signatures, just those in the copy were restored.'
      : `Photos and signatures that could not be read: ${count}.`,
  logGone:
    'The file with what was recorded last (store.db-wal) was gone, and nobody can say how much stood in it.',
  newest: (at) => `What was recorded on this laptop is there up to ${at}.`,
  local: 'Unfinished texts, undo, the list of kits, the outbox and the PIN are as when the copy was made.',
  aside: (folder) => `The damaged files were set aside, not deleted, in ${folder}.`,
  next: 'If something is missing, import the files that this laptop exported since. rescue --seen says that you know, and ends this notice.',
};
