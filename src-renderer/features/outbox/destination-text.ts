import { useI18n } from 'vue-i18n';
import type { Destination, Place } from '#shared/contract/outbox.ts';
import { messageOf } from '#shared/contract/messages.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { useFormat } from '../../use/format.ts';
import { lacksSecret } from './destination-form.ts';

/** A destination in words. */
export function useDestinationText() {
  const { t } = useI18n();
  const format = useFormat();
  const preferences = usePreferences();

  /** Where it leads, in one line. */
  function where(place: Place): string {
    switch (place.kind) {
      case 'folder':
        return place.path;
      case 'webdav':
      case 'hub':
        return place.url;
      case 'mail':
        return place.to.join(', ');
      case 's3':
        return [new URL(place.endpoint).host, place.bucket, place.prefix].filter(Boolean).join(' / ');
    }
  }

  /** How the last try ended; null before the first. */
  function last({
    last: tried,
  }: Destination): { reached: boolean; words: string; wrong: string | null } | null {
    if (!tried) return null;
    const at = format.moment(tried.at);
    return {
      reached: tried.reached && !tried.error,
      words: tried.error ? t('outbox.lastFailed', { at }) : t('outbox.lastReached', { at }),
      wrong: tried.error ? messageOf(tried.error, preferences.language) : null,
    };
  }

  /** What a person should know of it before anything is sent there; nothing where all is as it should be. */
  function warnings(destination: Destination): string[] {
    const { from } = destination;
    return [
      ...(from?.refused ? [t('outbox.fromRefused', { name: from.name })] : []),
      ...(lacksSecret(destination) ? [t('outbox.needsSecret')] : []),
    ];
  }

  return { where, last, warnings };
}
