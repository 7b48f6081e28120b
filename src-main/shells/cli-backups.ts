import type { Language } from '#shared/contract/messages.ts';
import { restore, type Restored } from '../core.ts';
import { valueOf, withCore, type Outcome, type Place } from './cli-commands.ts';

/** Writes a copy of the store; a window may have it open meanwhile. */
export function backup(place: Place, out: string): Promise<Outcome> {
  return withCore(place, (core) => {
    const { file, bytes, changes } = valueOf(core.saveBackup(out));
    return Promise.resolve({ value: { file, bytes, changes } });
  });
}

/** Puts a copy in the place of the store, and says in words what was and what was not recovered. */
export function restoreFrom(place: Place, file: string): Outcome {
  const restored = valueOf(restore(place.dataDir, file, undefined, { secret: place.secret }));
  const { changes, aside, recovered } = restored;
  return { value: { file, changes, aside, recovered, message: wordsOf(restored, place.language) } };
}

/** Whole sentences: which copy, where the former files are, what was taken over from them, and what is not there. */
function wordsOf(restored: Restored, language: Language): string {
  const { changes, aside, recovered } = restored;
  const text = language === 'ko' ? korean : english;
  const said = [text.restored(changes)];
  if (aside !== null) {
    said.push(text.aside(aside));
    if (!recovered) said.push(text.unknown);
    else {
      if (recovered.changes > 0 || recovered.imports > 0) said.push(text.recovered(recovered));
      if (recovered.lost === null) said.push(text.unknown);
      else said.push(recovered.lost === 0 ? text.nothingLost : text.lost(recovered.lost));
    }
    said.push(text.local);
  }
  return said.join(' ');
}

type Recovered = NonNullable<Restored['recovered']>;

const korean = {
  restored: (changes: number) => `사본으로 되살렸어요 (변경 ${changes}건).`,
  aside: (folder: string) => `전에 있던 파일은 ${folder}에 그대로 두었어요.`,
  recovered: ({ changes, imports }: Recovered) =>
    `사본에 없던 변경 ${changes}건과 합친 파일 ${imports}개를 전에 있던 수첩에서 옮겨 왔어요.`,
  nothingLost: '빠진 기록은 없어요.',
  lost: (count: number) =>
    `읽을 수 없어서 되살리지 못한 변경이 많으면 ${count}건 있어요. 사본을 만든 뒤에 적은 것을 확인해 주세요.`,
  unknown:
    '전에 있던 수첩을 읽을 수 없어서, 사본을 만든 뒤에 적은 것은 되살리지 못했어요. 몇 건인지도 알 수 없어요.',
  local: '쓰다 만 글, 되돌리기, 보낸 키트 목록, 보낼 것, PIN은 사본을 만들 때의 것이에요.',
};

const english: typeof korean = {
  restored: (changes) => `The copy was restored: ${changes} changes.`,
  aside: (folder) => `The files that stood there before were set aside, as they were, in ${folder}.`,
  recovered: ({ changes, imports }) =>
    `From these, ${changes} changes and ${imports} imports that the copy lacked were taken over.`,
  nothingLost: 'No record is missing.',
  lost: (count) =>
    `Up to ${count} changes could not be read and were not recovered. Check what was recorded after the copy was made.`,
  unknown:
    'The former store could not be read: what was recorded after the copy was made was not recovered, and nobody can say how much that is.',
  local: 'Unfinished texts, undo, the list of kits, the outbox and the PIN are as when the copy was made.',
};
