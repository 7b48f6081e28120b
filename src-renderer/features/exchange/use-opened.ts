import { onScopeDispose, watch } from 'vue';
import { useRouter } from 'vue-router';
import { ApiError, call, onCoreEvent } from '../../api.ts';
import { useFileQueue } from './queue.ts';

/**
 * Takes up the files that the system hands to the program, and opens the screen on which they are looked at; they go in when
 * a person says so, as any other. `ready` says whether the window may turn to them now: a survey may be in a merchant's
 * hands.
 */
export function useOpenedFiles(ready: () => boolean): void {
  const queue = useFileQueue();
  const router = useRouter();
  let taking = false;
  let again = false;

  async function take(): Promise<void> {
    again = true;
    if (taking) return;
    taking = true;
    while (again && ready()) {
      again = false;
      await takeAll();
    }
    taking = false;
  }

  async function takeAll(): Promise<void> {
    for (let found = await next(); found; found = await next()) {
      if ('error' in found) queue.addRefused(found.file, new ApiError(found.error));
      else queue.add([{ file: new File([found.bytes as BlobPart], found.file), folder: '' }]);
      await router.push('/exchange');
    }
  }

  onScopeDispose(onCoreEvent((event) => event.kind === 'opened' && void take()));
  watch(ready, (may) => may && void take(), { immediate: true });
}

/** What is not given now waits in the shell, and is asked for again. */
function next() {
  return call('exchange.opened').catch(() => null);
}
