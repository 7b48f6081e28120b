import fs from 'node:fs';
import path from 'node:path';
import { goodDraft, goodLines, photo } from './damage.ts';
import {
  changeIdAt,
  dawn,
  dusk,
  exchangeFile,
  recordId,
  sha256,
  type FileDraft,
} from './exchange-builder.ts';

/** A right file to start from; the draft of one that can be signed again. */
export interface GoodFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly draft: FileDraft;
}

const signature = Buffer.from('<svg>a name, written by hand</svg>'.repeat(20));

/** A day's work: every kind of field, what replaces what, a deletion, an erasure, and what a later version may write. */
const dayLines: readonly object[] = [
  line(11, 'program', 10, { name: '단골거리 2024', kind: 'street', grantPerStore: 300000, goalStores: 842 }),
  line(12, 'site', 11, { program: recordId(10), name: '송정역시장', latitude: 35.1379, longitude: 126.7913 }),
  line(13, 'session', 12, { site: recordId(11), title: '방문의 날', trainers: [recordId(20), recordId(21)] }),
  line(14, 'person', 20, { name: '김트레이너', kind: 'trainer', phone: '010-0000-0001' }),
  line(15, 'visit', 13, { session: recordId(12), outcome: 'done', note: '🥬 "나물" \\ 반찬\n두 줄' }),
  line(16, 'surveyResponse', 14, {
    session: recordId(12),
    answers: { q1: 5, q2: [4, null, { free: '좋아요' }] },
  }),
  line(17, 'attendance', 15, { session: recordId(12), person: recordId(20), signature: sha256(signature) }),
  line(18, 'weather', 16, { sky: 'rain', wind: { metresPerSecond: 3.5 } }),
  line(19, 'visit', 13, { note: '다시 왔어요', mood: 'good' }, { note: [changeIdAt(15)] }),
  line(20, 'store', 17, { name: '닫은 가게', firstOnline: false }),
  line(21, 'store', 17, { deleted: true }, { name: [changeIdAt(20)], firstOnline: [changeIdAt(20)] }),
  {
    id: changeIdAt(22),
    author: null,
    entity: 'person',
    record: recordId(20),
    erase: ['phone'],
    prior: { phone: [changeIdAt(14)] },
  },
];

const kitLine = { ...dayLines[1], id: changeIdAt(1, dusk) };

const drafts: readonly [name: string, draft: FileDraft][] = [
  ['three lines and a photo', goodDraft],
  ['a day of all kinds', { author: dawn, lines: dayLines, blobs: [signature, photo] }],
  ['a kit', { author: dusk, purpose: 'kit', lines: [kitLine], title: '꾸러미' }],
];

let made: GoodFile[] | undefined;

/** The files that the mutations start from, one of them as the program wrote it. */
export function goodFiles(): readonly GoodFile[] {
  made ??= [
    ...drafts.map(([name, draft]) => ({ name, draft, bytes: exchangeFile(draft) })),
    {
      name: 'a day as the program wrote it',
      draft: { ...goodDraft, lines: [...goodLines, ...dayLines.slice(3, 9)], blobs: [photo, signature] },
      bytes: fs.readFileSync(path.join(import.meta.dirname, '../fixtures/exchange/day-v1.dangol')),
    },
  ];
  return made;
}

function line(
  minute: number,
  entity: string,
  record: number,
  set: Record<string, unknown>,
  prior?: Record<string, string[]>,
): object {
  return {
    id: changeIdAt(minute),
    author: null,
    entity,
    record: recordId(record),
    set,
    ...(prior && { prior }),
  };
}
