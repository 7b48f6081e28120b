import { inject, provide, type InjectionKey } from 'vue';
import type { SessionView } from '#shared/contract/sessions.ts';
import { call } from '../../api.ts';
import { useLive, type Live } from '../../use/live.ts';

const KEY: InjectionKey<Live<SessionView>> = Symbol('session');

/** Fetches a session for its page and all parts of it. */
export function provideSession(id: string): Live<SessionView> {
  const session = useLive(() => call('sessions.get', { id }), {
    entities: [
      'session',
      'attendance',
      'person',
      'visit',
      'check',
      'store',
      'surveyResponse',
      'site',
      'program',
    ],
  });
  provide(KEY, session);
  return session;
}

/** The session of the page around. */
export function useSession(): Live<SessionView> {
  const session = inject(KEY);
  if (!session) throw new Error('no session page around');
  return session;
}
