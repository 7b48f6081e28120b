import type { DataLineId } from '#shared/desk/data-lines.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { dawn, exchangeFile } from './exchange-builder.ts';
import { put, visitOf, responseOf, TODAY, type Fields, type Scene } from './data-state-scene.ts';
import type { TestLaptop } from './laptop.ts';

/** What is written beside a sound programme, the line that finds it, and what it says of it. */
export interface DataCase {
  readonly says: string;
  readonly line: DataLineId | null;
  readonly write: (office: TestLaptop, scene: Scene) => Promise<unknown>;
  readonly finding?: object;
  readonly screen?: (scene: Scene) => object | null;
}

/** Writes a visit, a response, a shop beside the sound ones. */
export const visit =
  (set: Fields): DataCase['write'] =>
  (office, scene) =>
    put(office, 'visit', visitOf(scene, set));
export const response =
  (set: Fields): DataCase['write'] =>
  (office, scene) =>
    put(office, 'surveyResponse', responseOf(scene, set));
export const shop =
  (set: Fields): DataCase['write'] =>
  (office, { site }) =>
    put(office, 'store', { name: '새집', site, ...set });
const attendancePart = ({ session }: Scene) => ({ at: 'session', id: session, part: 'attendance' });
const surveyPart = ({ session }: Scene) => ({ at: 'session', id: session, part: 'survey' });

const doneVisit =
  (answers: Record<string, Json>, template?: string): DataCase['write'] =>
  async (office, scene) => {
    const set = { outcome: 'done', ...(template === undefined ? {} : { checklistTemplate: template }) };
    const id = await put(office, 'visit', visitOf(scene, set));
    for (const [item, state] of Object.entries(answers))
      await put(office, 'check', { visit: id, item, state });
  };

export const dataCases: readonly DataCase[] = [
  {
    says: 'a done visit with an item left open',
    line: 'unanswered',
    write: doneVisit({ 가: 'done', 나: 'notApplicable' }),
    finding: { what: 'itemsOpen', n: 1, of: 3 },
  },
  {
    says: 'an answer that was taken back, and one to an item that the checklist does not have',
    line: 'unanswered',
    write: doneVisit({ 가: 'done', 나: null, 라: 'done' }),
    finding: { what: 'itemsOpen', n: 2, of: 3 },
  },
  {
    says: 'a done visit with all answered',
    line: null,
    write: doneVisit({ 가: 'done', 나: 'notDone', 다: 'done' }),
  },
  { says: 'a visit at a closed door has nothing to answer', line: null, write: visit({ outcome: 'closed' }) },
  {
    says: 'a done visit under an older version of the checklist, which is deleted by now',
    line: 'unanswered',
    async write(office, scene) {
      const items = [{ key: '옛', label: '옛' }];
      const old = await put(office, 'checklistTemplate', { name: '점검표', items });
      await doneVisit({ 가: 'done', 나: 'done', 다: 'done' }, old)(office, scene);
      await office.call('records.delete', { entity: 'checklistTemplate', id: old });
    },
    finding: { what: 'itemsOpen', n: 1, of: 1 },
  },
  {
    says: 'a past visit without an outcome',
    line: 'noOutcome',
    write: visit({ outcome: null, endedAt: null }),
    finding: { what: 'openSince', day: '2026-11-20' },
  },
  {
    says: 'a visit of today may be under way',
    line: null,
    write: visit({ outcome: null, endedAt: null, date: TODAY, startedAt: '2026-11-24T00:30:00.000Z' }),
  },
  {
    says: 'a past visit with an outcome that never ended',
    line: 'notEnded',
    write: visit({ endedAt: null }),
    finding: { what: 'noEnd', day: '2026-11-20' },
  },
  {
    says: 'one written down afterwards has no times at all',
    line: null,
    write: visit({ startedAt: null, endedAt: null }),
  },
  {
    says: 'a visit before the programme began',
    line: 'visitDates',
    write: visit({ date: '2026-03-01' }),
    finding: { what: 'date', fault: 'beforeProgram', day: '2026-03-01' },
  },
  {
    says: 'a visit to come',
    line: 'visitDates',
    write: visit({ date: '2026-11-25' }),
    finding: { what: 'date', fault: 'future', day: '2026-11-25' },
  },
  {
    says: 'a visit that ended before it began',
    line: 'visitDates',
    write: visit({ endedAt: '2026-11-20T00:59:00.000Z' }),
    finding: { what: 'date', fault: 'endedBeforeStarted', day: '2026-11-20' },
  },
  {
    says: 'a past class without marks',
    line: 'noAttendance',
    write: (office, { program, site }) =>
      put(office, 'session', { program, site, title: '빈 교육', kind: 'class', date: '2026-11-18' }),
    finding: { what: 'nobodyMarked', n: 0, of: 0 },
  },
  {
    says: 'a class to come',
    line: null,
    write: (office, { program, site }) =>
      put(office, 'session', { program, site, title: '내일', kind: 'class', date: '2026-11-25' }),
  },
  {
    says: 'a person on the roster who was not marked',
    line: 'unmarked',
    async write(office, { session }) {
      const person = await put(office, 'person', { name: '김상인', kind: 'merchant' });
      await put(office, 'attendance', { session, person });
    },
    finding: { what: 'someUnmarked', n: 1, of: 2 },
    screen: attendancePart,
  },
  {
    says: 'a mark at a session of the future',
    line: 'attendanceDates',
    async write(office, { program, person }) {
      const session = await put(office, 'session', { program, kind: 'class', date: '2026-11-28' });
      await put(office, 'attendance', { session, person, status: 'present' });
    },
    finding: { what: 'date', fault: 'future', day: '2026-11-28' },
  },
  {
    says: 'a signature from before the programme',
    line: 'attendanceDates',
    write: (office, { attendance }) =>
      put(office, 'attendance', { signedAt: '2026-03-01T14:59:59.000Z' }, attendance),
    finding: { what: 'date', fault: 'beforeProgram', day: '2026-03-01' },
    screen: attendancePart,
  },
  {
    says: 'a signature of its first minute in Seoul',
    line: null,
    write: (office, { attendance }) =>
      put(office, 'attendance', { signedAt: '2026-03-01T15:00:00.000Z' }, attendance),
  },
  {
    says: 'a response with a 5-point question left open',
    line: 'answersMissing',
    write: response({ answers: { 하나: 5 } }),
    finding: { what: 'answersOpen', n: 1, of: 2 },
    screen: surveyPart,
  },
  { says: 'one that was never handed in', line: null, write: response({ answers: {}, submittedAt: null }) },
  {
    says: 'a response from after the programme, by the day in Seoul',
    line: 'responseDates',
    async write(office, scene) {
      await put(office, 'program', { endsOn: '2026-11-19' }, scene.program);
      await put(office, 'session', { date: '2026-11-18' }, scene.session);
      await put(office, 'surveyResponse', responseOf(scene, { submittedAt: '2026-11-19T15:00:00.000Z' }));
      await put(office, 'surveyResponse', responseOf(scene, { submittedAt: '2026-11-19T14:59:00.000Z' }));
    },
    finding: { what: 'date', fault: 'afterProgram', day: '2026-11-20' },
    screen: surveyPart,
  },
  {
    says: 'a shop without a site',
    line: 'noSite',
    write: shop({ site: null }),
    finding: { what: 'noSite' },
  },
  {
    says: 'a shop of a site that never came',
    line: 'noSite',
    write: shop({ site: '0191aaaa-0000-7000-8000-00000000dead' }),
    finding: { what: 'unknownSite' },
  },
  { says: 'a shop that takes no part', line: null, write: shop({ site: null, status: 'declined' }) },
  {
    says: 'a shop marked closed, and visited two days later',
    line: 'closedButVisited',
    async write(office, scene) {
      const closed = '0191aaaa-0000-7000-8000-00000000c105';
      const id = `${Date.UTC(2026, 10, 18, 1).toString(16).padStart(12, '0')}-0000-${dawn.id}`;
      const set = { name: '닫은 집', site: scene.site, status: 'closed' };
      const change = { id, author: null, entity: 'store', record: closed, set };
      await office.take('x', exchangeFile({ lines: [change] }));
      await doneVisit({ 가: 'done', 나: 'done', 다: 'done' })(office, { ...scene, shop: closed });
    },
    finding: { what: 'visitedAfterClosing', closed: '2026-11-18', visited: '2026-11-20' },
  },
  {
    says: 'a shop that was visited, and closed after that',
    line: null,
    async write(office, scene) {
      await doneVisit({ 가: 'done', 나: 'done', 다: 'done' })(office, scene);
      await put(office, 'store', { status: 'closed' }, scene.shop);
    },
  },
  {
    says: 'a channel with a day and no address',
    line: 'dayWithoutUrl',
    write: shop({ channelOpenedOn: '2026-05-01' }),
    finding: { what: 'openedOn', day: '2026-05-01' },
  },
  {
    says: 'a channel with an address and no day',
    line: 'urlWithoutDay',
    write: shop({ channelUrl: 'pf.kakao.com/_x' }),
    finding: { what: 'hasUrl', url: 'pf.kakao.com/_x' },
  },
  {
    says: 'a channel opened before there were any',
    line: 'channelDates',
    write: shop({ channelOpenedOn: '2011-09-30', channelUrl: 'pf.kakao.com/_x' }),
    finding: { what: 'date', fault: 'beforeChannels', day: '2011-09-30' },
  },
  {
    says: 'a channel of before the programme is possible',
    line: null,
    write: shop({ channelOpenedOn: '2019-10-01', channelUrl: 'pf.kakao.com/_x' }),
  },
  {
    says: 'a place on the map in the future',
    line: 'mapDates',
    write: shop({ mapRegisteredOn: '2027-01-01' }),
    finding: { what: 'date', fault: 'future', day: '2027-01-01' },
  },
  {
    says: 'a reading of a site in the future, which has no screen',
    line: 'readingDates',
    write: (office, { site }) =>
      put(office, 'friendReading', { owner: site, ownerKind: 'site', date: '2026-12-01', friends: 10 }),
    finding: { what: 'date', fault: 'future', day: '2026-12-01' },
    screen: () => null,
  },
  {
    says: 'a reading of a shop in the future',
    line: 'readingDates',
    write: (office, scene) =>
      put(office, 'friendReading', {
        ...{ owner: scene.shop, ownerKind: 'store', date: '2026-12-01', friends: 10 },
      }),
    screen: (scene) => ({ at: 'store', id: scene.shop }),
  },
  {
    says: 'a programme and its site under their minimum',
    line: 'underMinimum',
    async write(office, scene) {
      await put(office, 'program', { minimumRespondents: 2 }, scene.program);
      await put(office, 'surveyResponse', responseOf(scene));
    },
    finding: { what: 'responses', n: 1, least: 2 },
    screen: ({ program }) => ({ at: 'program', id: program }),
  },
];
