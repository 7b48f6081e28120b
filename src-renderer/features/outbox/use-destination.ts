import { computed, ref, shallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Destination, PlaceKind } from '#shared/contract/outbox.ts';
import { call } from '../../api.ts';
import {
  emptyForm,
  faultsOf,
  formOf,
  placeOf,
  secretSaid,
  type Form,
  type FormField,
} from './destination-form.ts';

/** How a test ended: it works, or what is wrong. */
export type Tested = { readonly works: true } | { readonly works: false; readonly error: unknown };

/** The form of a new destination of a kind, or of one that is there. */
export function useDestination(kind: PlaceKind, known: Destination | null) {
  const { t } = useI18n();
  const form = ref<Form>(
    known ? formOf(known.name, known.place) : { ...emptyForm(kind), name: t(`outbox.place.${kind}`) },
  );
  const secret = ref('');
  const busy = ref<'test' | 'save' | 'remove' | null>(null);
  const error = shallowRef<unknown>(null);
  const tested = shallowRef<Tested | null>(null);
  /** What is missing is said after the first try, not while one types. */
  const told = ref(false);
  const faults = computed(() => faultsOf(form.value));
  // What was tested is no longer what stands there.
  watch([form, secret], () => (tested.value = null), { deep: true });

  function faultOf(field: FormField): string | undefined {
    return told.value && faults.value.includes(field) ? t(`outbox.fault.${field}`) : undefined;
  }

  /** The place and what is said of the secret, for the core. */
  function given() {
    return {
      ...(known ? { id: known.id } : {}),
      place: placeOf(form.value),
      ...secretSaid(form.value, secret.value, known?.hasSecret ?? false),
    };
  }

  async function act<T>(name: 'test' | 'save' | 'remove', work: () => Promise<T>): Promise<T | null> {
    if (busy.value) return null;
    busy.value = name;
    error.value = null;
    try {
      return await work();
    } catch (why) {
      error.value = why;
      return null;
    } finally {
      busy.value = null;
    }
  }

  async function test(): Promise<void> {
    told.value = true;
    tested.value = null;
    if (faults.value.length > 0) return;
    const answer = await act('test', () => call('destinations.test', given()));
    if (answer) tested.value = answer.error ? { works: false, error: answer.error } : { works: true };
  }

  async function save(): Promise<Destination | null> {
    told.value = true;
    if (faults.value.length > 0 || form.value.name.trim() === '') return null;
    return act('save', () => call('destinations.save', { name: form.value.name.trim(), ...given() }));
  }

  async function remove(): Promise<boolean> {
    if (!known) return false;
    await act('remove', () => call('destinations.remove', { id: known.id }));
    return error.value === null;
  }

  const nameMissing = computed(() => told.value && form.value.name.trim() === '');
  return { form, secret, busy, error, tested, faultOf, nameMissing, test, save, remove };
}
