import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from '@playwright/test';

/** One target's side of Chromium's protocol, or the browser's own. */
export interface Session {
  readonly send: CDPSession['send'];
  readonly on: CDPSession['on'];
}

export interface Connection extends Session {
  session(id: string): Session;
}

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
  sessionId?: string;
}

/** Speaks Chromium's protocol over its pipe: JSON messages, each ended by a zero byte. */
export function connect(input: Writable, output: Readable): Connection {
  const waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void; method: string }
  >();
  const sessions = new Map<string, EventEmitter>();
  let last = 0;
  let rest = '';

  output.setEncoding('utf8');
  output.on('data', (text: string) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) receive(JSON.parse(message) as Message);
  });
  output.on('close', () => {
    for (const { reject, method } of waiting.values()) reject(new Error(`${method}: Chromium has ended`));
    waiting.clear();
  });
  // Chromium may end while something is being written; `close` above tells whoever waits.
  input.on('error', () => undefined);

  function receive({ id, method, params, result, error, sessionId = '' }: Message): void {
    if (id === undefined) {
      sessions.get(sessionId)?.emit(method ?? '', params);
      return;
    }
    const call = waiting.get(id);
    waiting.delete(id);
    if (error) call?.reject(new Error(`${call.method}: ${error.message}`));
    else call?.resolve(result);
  }

  function session(id: string): Session {
    const events = sessions.get(id) ?? new EventEmitter();
    sessions.set(id, events);
    const send = (method: string, params: object = {}): Promise<unknown> =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject, method });
        input.write(JSON.stringify({ id: last, method, params, ...(id ? { sessionId: id } : {}) }) + '\0');
      });
    return {
      send: send as CDPSession['send'],
      on: events.on.bind(events) as unknown as CDPSession['on'],
    };
  }

  return { ...session(''), session };
}
