import type { SameKeys } from '../../../feature.ts';
import type { ko } from './ko.ts';

export const en: SameKeys<typeof ko> = {
  title: 'Your notebook was restored',
  text: 'Its file was damaged, and the copy of {at} took its place. The damaged files were not deleted.',
  back: 'What is back',
  copy: '{n} changes that were in the copy',
  recovered: '{n} changes recorded after the copy was made',
  imports: '{n} files merged after the copy was made',
  newest: 'What was recorded on this laptop is there up to {at}',
  lost: 'What is not',
  lostNothing: 'No record is missing',
  lostChanges: 'Up to {n} changes could not be read',
  lostUnknown:
    'What was recorded after {at}: the damaged file could not be read, and nobody can say how much that is',
  lostSome: 'Some of what was recorded after {at} may be missing; nobody can say how much',
  lostBlobs: '{n} photos and signatures could not be read',
  lostBlobsUnknown: 'Of photos and signatures, just those in the copy are back',
  lostLog: 'The file with what was recorded last was gone, and nobody can say how much stood in it',
  lostLocal: 'Unfinished texts, undo, the outbox and the PIN are as when the copy was made',
  skipped: '{n} newer copies were damaged too and could not be used',
  next: 'What to do next',
  nextCheck: 'Look whether what was recorded after {at} is all there.',
  nextImport:
    'If something is missing, merge the session files that this laptop exported since. Nothing comes in twice.',
  nextKeep: 'The damaged files are in this folder. Keep it until all is checked.',
  nextDisk: 'If this happens again, have the disk of the laptop checked.',
  seen: 'I have read this',
};
