import type { SameKeys } from '../../../feature.ts';
import type { ko } from './ko.ts';

export const en: SameKeys<typeof ko> = {
  title: 'Photos',
  add: 'Add photos',
  replace: 'Replace',
  shoot: 'Camera',
  hint: 'You can also drop photos here, or paste a copied one with Ctrl+V.',
  drop: 'Drop it here',
  working: 'Adding',
  unnamed: 'photo',
  photo: 'Photo {n} of {of}',
  photoNamed: 'Photo {n} of {of}, {caption}',
  gone: 'The picture is not here',
  known: 'This photo is here already.',
  dismiss: 'Dismiss',
  before: 'Previous photo',
  after: 'Next photo',
  takenAt: 'Taken {when}',
  remove: 'Remove photo',
  removed: 'The photo was removed.',
  camera: 'Take a photo',
  cameraText: 'Enter takes it too.',
  shutter: 'Take it',
  cameraDone: 'Done',
  cameraTaken: '{n} taken',
  otherCamera: 'Other camera',
  cameraStarting: 'The camera is starting',
  cameraNone: 'No camera was found. Plug one in and try again, or choose a picture file.',
  cameraDenied:
    'The camera is blocked. Allow it in the settings of the computer or the browser and try again, or choose a picture file.',
  cameraBusy: 'Another program is using the camera. Close it and try again, or choose a picture file.',
  position: 'Positions in photos',
  positionText:
    'A photo from a phone may say where it was taken. This concerns photos that are added on this laptop from now on.',
  positionRemove: 'Remove',
  positionKeep: 'Keep positions too',
};
