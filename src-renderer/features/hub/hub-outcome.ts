import type { ImportedFile } from '#shared/contract/exchange.ts';
import type { HubPulled, HubPushed } from '#shared/contract/hub.ts';

/** What came of pushing and pulling; null for what was not done. */
export interface Outcome {
  readonly pushed: HubPushed | null;
  readonly pulled: HubPulled | null;
  /** A person stopped it. */
  readonly stopped: boolean;
}

/** The key of a sentence and its figures. */
export interface Line {
  readonly key: string;
  readonly figures?: Readonly<Record<string, number>>;
}

/** No network, or a hub that does not answer just now: nothing is wrong here, and nothing is lost. */
const PASSES = ['HUB_UNREACHABLE', 'HUB_SLOW', 'HUB_GONE', 'HUB_BUSY'];

export function isPassing(code: string): boolean {
  return PASSES.includes(code);
}

/** More imports than one answer sums up. */
const MOST_SUMMED = 5000;

export function titleOf({ pushed, pulled, stopped }: Outcome): string {
  if (stopped) return 'hub.doneStopped';
  if (pushed && pulled) {
    const isSame = pushed.pushed === 0 && pulled.files.length === 0;
    return isSame ? 'hub.doneSame' : 'hub.doneBoth';
  }
  if (pushed) return pushed.pushed > 0 ? 'hub.donePush' : 'hub.donePushNothing';
  return pulled && pulled.files.length > 0 ? 'hub.donePull' : 'hub.donePullNothing';
}

/** What there is to say, in the words of merged files for what came. */
export function linesOf({ pushed, pulled, stopped }: Outcome): Line[] {
  const told = (is: number, key: string, figures: Line['figures'] = { n: is }): Line[] =>
    is > 0 ? [{ key, figures }] : [];
  const came = pulled ? pulled.new + pulled.known : 0;
  return [
    ...(pushed
      ? [
          ...told(pushed.pushed, 'hub.pushed'),
          ...told(pushed.held, 'hub.held'),
          ...told(pushed.blobs, 'hub.blobs'),
        ]
      : []),
    ...(pulled
      ? [
          ...told(came, 'exchange.doneText', { added: pulled.new, known: pulled.known }),
          ...told(pulled.refused, 'hub.refused'),
          ...told(pulled.sealedForOthers, 'hub.sealedForOthers'),
          ...told(pulled.conflicts, 'exchange.doneConflicts'),
        ]
      : []),
    ...told((pushed?.mended ?? 0) + (pulled?.mended ?? 0), 'hub.mended'),
    ...(stopped ? [{ key: 'hub.stoppedText' }] : []),
  ];
}

/** The imports whose changes can be looked at. */
export function importsOf({ pulled }: Outcome): string[] {
  const ids = (pulled?.files ?? []).flatMap((file) => (file.import && file.new > 0 ? [file.import] : []));
  return ids.length <= MOST_SUMMED ? ids : [];
}

export function refusedOf({ pulled }: Outcome): ImportedFile[] {
  return (pulled?.files ?? []).filter(({ error }) => error !== undefined);
}
