import { DeliveryFailure } from '#main/outbox/transport.ts';
import type { Way } from './outbox-scene.ts';

export const offline: Way = () => {
  throw new DeliveryFailure('DELIVERY_FOLDER_MISSING', { folder: 'x' }, { lasting: false, offline: true });
};

export const lasting: Way = () => {
  throw new DeliveryFailure('DELIVERY_FOLDER_READ_ONLY', { folder: 'x' }, { lasting: true });
};

/** Takes the bytes, and ends when it is told to. */
export const hanging: Way = ({ bytes }, signal) =>
  new Promise((_resolve, reject) => {
    if (bytes.byteLength === 0) reject(new Error('nothing to send'));
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
