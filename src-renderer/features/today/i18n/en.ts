import type { SameKeys } from '../../../feature.ts';
import type { ko } from './ko.ts';

export const en: SameKeys<typeof ko> = {
  title: 'Today',
  plan: 'Plan a session',
  summary: '{n} sessions today',
  nothingToday: 'Nothing is planned for today',
  nothingTodayText: 'Choose a market and a day, and begin at once.',
  resume: '{n} visits are still open',
  resumeIn: 'Carry on in {title}.',
  resumeGo: 'Carry on',
  attendance: 'Attendance {n} / {of}',
  visits: 'Visits {n}',
  responses: 'Surveys {n}',
  coming: 'Coming up',
  nothingComing: 'Nothing is planned ahead.',
  past: 'Earlier sessions',
  pastSearch: 'Find an earlier session',
  nothingPast: 'There are no earlier sessions.',
  nothingFound: 'No session has “{text}” in its name.',
  tomorrow: 'Tomorrow',
  inDays: 'in {n} days',
  roster: '{n} on the roster',
  attended: '{n} attended',
  visited: '{n} visited',
};
