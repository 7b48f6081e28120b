import type { Feature } from './feature.ts';
import { audit } from './features/audit/routes.ts';
import { conflicts } from './features/conflicts/routes.ts';
import { dataState } from './features/data-state/routes.ts';
import { duplicates } from './features/duplicates/routes.ts';
import { exchange } from './features/exchange/routes.ts';
import { figures } from './features/figures/routes.ts';
import { hub } from './features/hub/routes.ts';
import { kits } from './features/kits/routes.ts';
import { laptops } from './features/laptops/routes.ts';
import { outbox } from './features/outbox/routes.ts';
import { pin } from './features/pin/routes.ts';
import { qr } from './features/qr/routes.ts';
import { print } from './features/print/routes.ts';
import { photos } from './features/photos/routes.ts';
import { history } from './features/history/routes.ts';
import { rescue } from './features/rescue/routes.ts';
import { retention } from './features/retention/routes.ts';
import { sessions } from './features/sessions/routes.ts';
import { settings } from './features/settings/routes.ts';
import { stores } from './features/stores/routes.ts';
import { surveys } from './features/surveys/routes.ts';
import { templates } from './features/templates/routes.ts';
import { today } from './features/today/routes.ts';
import { vault } from './features/vault/routes.ts';
import { visits } from './features/visits/routes.ts';

/** Every feature of the window, in the order of the navigation. A new one is a line here. */
export const features: readonly Feature[] = [
  today,
  sessions,
  visits,
  surveys,
  pin,
  photos,
  stores,
  qr,
  print,
  exchange,
  hub,
  kits,
  outbox,
  laptops,
  conflicts,
  duplicates,
  figures,
  dataState,
  templates,
  history,
  audit,
  vault,
  rescue,
  retention,
  settings,
];
