import type { Notification as ElectronNotification, NotificationConstructorOptions } from 'electron';
import { emitterOf } from './emitter.ts';
import { onlyKnown, strict } from './strict.ts';

const options = ['title', 'body'];

/** Nobody sees it: it goes to stderr. A test that puts its own `show` here can take hold of one, and click on it. */
export class Notification {
  static isSupported: typeof ElectronNotification.isSupported = () => true;
  readonly title: string;
  readonly body: string;

  constructor(given: NotificationConstructorOptions = {}) {
    onlyKnown('Notification options', given, options);
    this.title = given.title ?? '';
    this.body = given.body ?? '';
    const emitter = emitterOf('Notification', ['click', 'close'], () => self);
    Object.assign(this, emitter.face);
    const self = strict('Notification', this);
    return self;
  }

  show(): void {
    process.stderr.write(`[notification] ${this.title}: ${this.body}\n`);
  }
}

Notification satisfies new (
  given?: NotificationConstructorOptions,
) => Pick<ElectronNotification, 'title' | 'body' | 'show'>;
