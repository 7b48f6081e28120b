import './styles/main.css';
import { createPinia } from 'pinia';
import { createApp, watch } from 'vue';
import App from './App.vue';
import { messageOf } from '#shared/contract/messages.ts';
import { onCoreEvent, setTransport } from './api.ts';
import { passGate } from './features/vault/gate.ts';
import { createTexts } from './i18n/index.ts';
import { useOutbox } from './features/outbox/use-outbox.ts';
import { createScreens } from './router.ts';
import { usePreferences } from './stores/preferences.ts';
import { useStatus } from './stores/status.ts';
import { useToasts } from './stores/toasts.ts';
import { transportOf } from './transports.ts';
import { keepPlace, returnToPlace } from './use/place.ts';
import { settleBeforeClosing } from './use/unsettled.ts';

setTransport(transportOf(window));

const pinia = createPinia();
const preferences = usePreferences(pinia);
preferences.applyTo(document.documentElement);

const texts = createTexts(preferences.language);
watch(
  () => preferences.language,
  (language) => (texts.global.locale.value = language),
);

await passGate('#app', [pinia, texts]);
const isPlaced = await returnToPlace(window);
const toasts = useToasts(pinia);
const router = createScreens((leaveAnyway) =>
  toasts.show({
    tone: 'bad',
    text: texts.global.t('frame.unsettled'),
    action: { label: texts.global.t('frame.leaveAnyway'), run: leaveAnyway },
  }),
);

// Beside the work, so it stands in nobody's way; a newer one takes its place.
onCoreEvent((event) => {
  if (event.kind !== 'note') return;
  toasts.show({ tone: 'bad', topic: 'note', text: messageOf(event.error, preferences.language) });
});

if (isPlaced) keepPlace(router);
settleBeforeClosing(window);
useStatus(pinia).start();
useOutbox(pinia).start(window);
createApp(App).use(pinia).use(texts).use(router).mount('#app');
