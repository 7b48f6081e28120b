import { computed, ref, shallowRef } from 'vue';
import type { SurveySheet } from '#shared/contract/surveys.ts';
import { newId } from '#shared/model/ids.ts';
import { call } from '../../api.ts';
import { createDurableWriter } from '../../use/durable-writer.ts';
import { trackWriter } from '../../use/unsettled.ts';
import { withAnswer, type Answers } from './handover.ts';
import type { Shop } from './ShopPick.vue';

interface Sheet {
  readonly response: string;
  readonly answers: Answers;
  readonly store: string | null;
  readonly consented: boolean | null;
}

export interface EntryTarget {
  readonly session: string;
  readonly mode: 'interview' | 'paper';
  readonly template: SurveySheet;
}

/** One sheet that the trainer fills in, in an interview or from paper: each answer goes to the core as it is given. */
export function useEntry(target: EntryTarget, shopAtFirst: Shop | null) {
  const response = ref(freshId());
  const answers = shallowRef<Answers>({});
  const shop = shallowRef<Shop | null>(shopAtFirst);
  /** Null while it is not known; a form without a consent text asks nothing. */
  const consented = ref<boolean | null>(null);
  const error = shallowRef<unknown>(null);
  const busy = ref(false);
  /** Something of this sheet is in the core. */
  let written = false;

  const writer = createDurableWriter<Sheet>({
    write: (sheet) => send(sheet),
    notify: (state, why) => (error.value = state === 'failed' ? why : null),
    pause: 300,
    atMost: 1000,
  });
  trackWriter(writer as Parameters<typeof trackWriter>[0]);

  const asksConsent = computed(() => target.template.consentText !== null);
  const mayAnswer = computed(() => !asksConsent.value || consented.value === true);
  const isEmpty = computed(() => Object.keys(answers.value).length === 0);

  function sheet(): Sheet {
    return {
      response: response.value,
      answers: answers.value,
      store: shop.value?.id ?? null,
      consented: consented.value,
    };
  }

  async function send({ consented: agreed, ...of }: Sheet, end?: { givenOn?: string }): Promise<void> {
    const { session, mode, template } = target;
    await call('surveys.answer', {
      ...of,
      session,
      mode,
      template: template.id,
      ...(agreed === null ? {} : { consented: agreed }),
      ...(end ? { submitted: true, ...end } : {}),
    });
    written = true;
  }

  function write(): void {
    if (isEmpty.value && !written) return;
    writer.set(sheet());
    void writer.flush();
  }

  async function attempt(work: () => Promise<boolean>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    try {
      await writer.flush();
      if (writer.state === 'failed') return false;
      return await work();
    } catch (why) {
      error.value = why;
      return false;
    } finally {
      busy.value = false;
    }
  }

  function clear(): void {
    response.value = freshId();
    answers.value = {};
    consented.value = null;
    shop.value = null;
    error.value = null;
    written = false;
  }

  return {
    answers,
    shop,
    consented,
    error,
    busy,
    asksConsent,
    mayAnswer,
    isEmpty,
    retry: () => writer.flush(),

    /** Takes up a draft. */
    takeUp(draft: Omit<Sheet, 'store' | 'consented'> & { shop: Shop | null; consented: boolean }): void {
      response.value = draft.response;
      answers.value = draft.answers;
      shop.value = draft.shop;
      consented.value = draft.consented || null;
      written = true;
    },

    answer(key: string, value: number | boolean | string | undefined): void {
      if (value === undefined) {
        const { [key]: _taken, ...rest } = answers.value;
        answers.value = rest;
      } else answers.value = withAnswer(answers.value, key, value);
      if (typeof value !== 'string') write();
      else if (!isEmpty.value || written) writer.set(sheet());
    },

    setShop(next: Shop | null): void {
      shop.value = next;
      write();
    },

    agree(): void {
      consented.value = true;
      write();
    },

    /** No consent, no answers: what was entered goes, and nothing of this person is kept. */
    decline: () =>
      attempt(async () => {
        if (written) await call('surveys.discard', { response: response.value });
        clear();
        return true;
      }),

    /** Hands the sheet in and makes room for the next; true when the core has it. */
    submit: (givenOn?: string) =>
      attempt(async () => {
        await send(sheet(), givenOn === undefined ? {} : { givenOn });
        clear();
        return true;
      }),
  };
}

function freshId(): string {
  return newId(Date.now(), crypto.getRandomValues(new Uint8Array(16)));
}
