import { computed, ref, shallowRef } from 'vue';
import { newId } from '#shared/model/ids.ts';
import { call } from '../../api.ts';
import { createDurableWriter } from '../../use/durable-writer.ts';
import { trackWriter } from '../../use/unsettled.ts';
import { withAnswer, type Answers } from './handover.ts';

export interface ResponseTarget {
  readonly session: string;
  readonly template: string;
  readonly store: string | undefined;
}

/** One merchant's answers: each goes to the core as it is given, all under one response id made here. */
export function useResponse(target: () => ResponseTarget) {
  const answers = shallowRef<Answers>({});
  const response = ref(freshId());
  const error = shallowRef<unknown>(null);
  const submitting = ref(false);

  const writer = createDurableWriter<Answers>({
    write: (given) => send(given, false),
    notify: (state, why) => (error.value = state === 'failed' ? why : null),
    pause: 300,
    atMost: 1000,
  });
  trackWriter(writer as Parameters<typeof trackWriter>[0]);

  function send(given: Answers, submitted: boolean): Promise<unknown> {
    const { session, template, store } = target();
    return call('surveys.answer', {
      response: response.value,
      session,
      template,
      mode: 'handover',
      answers: given,
      submitted,
      ...(store === undefined ? {} : { store }),
    });
  }

  return {
    answers,
    error,
    submitting,
    begun: computed(() => Object.keys(answers.value).length > 0),

    /** Takes an answer; a tap is written at once, words while they are typed. */
    answer(key: string, value: number | boolean | string): void {
      answers.value = withAnswer(answers.value, key, value);
      writer.set(answers.value);
      if (typeof value !== 'string') void writer.flush();
    },

    flush: () => writer.flush(),

    /** Ends the response; true when the core has it. */
    async submit(): Promise<boolean> {
      submitting.value = true;
      try {
        await writer.flush();
        // The note about it is on screen already; a response that is handed in takes no late answers.
        if (writer.state === 'failed') return false;
        await send(answers.value, true);
        return true;
      } catch (why) {
        error.value = why;
        return false;
      } finally {
        submitting.value = false;
      }
    },

    /** A clean sheet for the next person. */
    startOver(): void {
      answers.value = {};
      response.value = freshId();
      error.value = null;
    },
  };
}

function freshId(): string {
  return newId(Date.now(), crypto.getRandomValues(new Uint8Array(16)));
}
