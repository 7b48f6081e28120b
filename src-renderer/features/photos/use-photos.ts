import { ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { InputOf } from '#shared/contract/contract.ts';
import type { PhotoRow } from '#shared/contract/photos.ts';
import { call } from '../../api.ts';
import { useToasts } from '../../stores/toasts.ts';
import { useLive } from '../../use/live.ts';
import { useSentence } from '../../use/sentence.ts';
import { lanes } from './lanes.ts';
import { prepare } from './prepare.ts';

export type OwnerKind = InputOf<'photos.add'>['ownerKind'];

/** A file on its way in, or one that could not come in, with the reason. */
export interface Incoming {
  readonly key: number;
  readonly name: string;
  error: string | null;
}

/** A large photo takes some 400 MB while it is worked on: one after another, over all places of the screen. */
const oneByOne = lanes(1);

/** The photos of an owner, and how they come and go. `onAdded` is told of each that came in. */
export function usePhotos(
  owner: () => { owner: string; ownerKind: OwnerKind },
  onAdded: (id: string) => void,
) {
  const { t } = useI18n();
  const toasts = useToasts();
  const sentence = useSentence();
  const live = useLive(() => call('photos.list', { owner: owner().owner }), {
    entities: ['photo'],
    on: () => owner().owner,
  });
  const incoming = ref<Incoming[]>([]);
  const last = shallowRef(0);

  function add(files: readonly File[]): void {
    // Whose they are is settled now: the screen may show another owner by the time that they are ready.
    const whose = owner();
    for (const file of files) {
      last.value += 1;
      const key = last.value;
      incoming.value = [...incoming.value, { key, name: file.name || t('photos.unnamed'), error: null }];
      void oneByOne(() => addOne(key, file, whose));
    }
  }

  async function addOne(key: number, file: File, whose: ReturnType<typeof owner>): Promise<void> {
    try {
      const { keepPosition } = await call('photos.settings');
      const { bytes, takenAt } = await prepare(file, keepPosition);
      const { id, known } = await call('photos.add', { ...whose, bytes, takenAt });
      if (known) toasts.show({ tone: 'good', text: t('photos.known') });
      onAdded(id);
      await live.reload();
      dismiss(key);
    } catch (why) {
      const error = sentence(why);
      incoming.value = incoming.value.map((one) => (one.key === key ? { ...one, error } : one));
    }
  }

  function dismiss(key: number): void {
    incoming.value = incoming.value.filter((one) => one.key !== key);
  }

  async function remove(photo: PhotoRow): Promise<void> {
    try {
      await call('photos.remove', { id: photo.id });
      toasts.show({
        tone: 'good',
        text: t('photos.removed'),
        action: {
          label: t('common.undo'),
          run: () => void call('records.restore', { entity: 'photo', id: photo.id }),
        },
      });
      await live.reload();
    } catch (why) {
      toasts.show({ tone: 'bad', text: sentence(why) });
    }
  }

  return { live, incoming, add, dismiss, remove };
}
