import type { Destination } from '#shared/contract/outbox.ts';
import type { KitLine, KitOrder, KitPlan, KitProgram, KitSession, KitSite } from '#shared/contract/kits.ts';

/** How the passwords of what goes along go to one trainer. */
export type Passwords = 'none' | 'sealed' | 'old' | 'asked';

/** `chosen`: the destinations that go along. They are sealed for known laptops alone; without one the trainer is asked. */
export function passwordsOf(
  chosen: readonly Pick<Destination, 'hasSecret'>[],
  { seal, plain }: { readonly seal: KitLine['seal']; readonly plain: boolean },
): Passwords {
  if (!chosen.some(({ hasSecret }) => hasSecret)) return 'none';
  if (seal.laptops.length === 0) return 'asked';
  return plain ? 'old' : 'sealed';
}

/** Which sessions are listed: of the next seven days, of all days to come, also of the last four weeks, all. */
export type Span = 'week' | 'upcoming' | 'month' | 'all';

/** What the coordinator chose otherwise than it would be. */
export interface Choice {
  /** Sessions and trainers, by id, that were taken out or put in by hand. */
  readonly by: Readonly<Record<string, boolean>>;
  /** Who gets a session that names no trainer. */
  readonly given: Readonly<Record<string, string>>;
}

/** A row of the list of what goes in: a site, then its sessions. */
export type Row =
  | {
      readonly kind: 'site';
      readonly key: string;
      readonly site: KitSite | null;
      readonly sessions: readonly KitSession[];
    }
  | { readonly kind: 'session'; readonly key: string; readonly session: KitSession };

/** The programmes with something to come; else none, and the screen says why. */
export function programsByDefault(programs: readonly KitProgram[]): (string | null)[] {
  return programs.filter(({ upcoming }) => upcoming > 0).map(({ id }) => id);
}

/** Those of a span; the core has already left out what lies too far back. */
export function withinSpan(sessions: readonly KitSession[], span: Span, weekEnd: string): KitSession[] {
  return sessions.filter(({ date }) => span !== 'week' || date === null || date <= weekEnd);
}

/** What is to come goes in unless it was taken out; what is past only when it was put in. */
export function isIn(session: Pick<KitSession, 'id' | 'past'>, { by }: Choice): boolean {
  return by[session.id] ?? !session.past;
}

export function isTrainerIn(trainer: string, { by }: Choice): boolean {
  return by[trainer] ?? true;
}

/** Whose kit a session goes into. */
function trainersOf(session: KitSession, { given }: Choice): string[] {
  if (session.trainers.length > 0) return session.trainers.map(({ id }) => id);
  const to = given[session.id];
  return to === undefined ? [] : [to];
}

/** For every trainer the sessions that were chosen and are theirs; those without one last, for they get no kit. */
export function ordersOf(
  { sites, trainers }: Pick<KitPlan, 'sites' | 'trainers'>,
  sessions: readonly KitSession[],
  choice: Choice,
): KitOrder[] {
  const known = new Set(sites.map(({ id }) => id));
  const orders = trainers.map(({ id }) => {
    const theirs = sessions.filter((one) => isIn(one, choice) && trainersOf(one, choice).includes(id));
    const at = new Set(theirs.flatMap(({ site }) => (site && known.has(site.id) ? [site.id] : [])));
    return { trainer: id, sessions: theirs.map((one) => one.id), sites: [...at] };
  });
  return [
    ...orders.filter(({ sessions: theirs }) => theirs.length > 0),
    ...orders.filter(({ sessions: theirs }) => theirs.length === 0),
  ];
}

/** Chosen sessions that are in nobody's kit, also for having been given to someone who is gone. */
export function unassigned(
  { trainers }: Pick<KitPlan, 'trainers'>,
  sessions: readonly KitSession[],
  choice: Choice,
): KitSession[] {
  const known = new Set(trainers.map(({ id }) => id));
  return sessions.filter(
    (session) => isIn(session, choice) && !trainersOf(session, choice).some((id) => known.has(id)),
  );
}

/** The sessions come by site; the list has each site once, above them. */
export function rowsOf(sites: readonly KitSite[], sessions: readonly KitSession[]): Row[] {
  const byId = new Map(sites.map((site) => [site.id, site]));
  const groups = Map.groupBy(sessions, ({ site }) => site?.id ?? '');
  return [...groups].flatMap(([id, theirs]): Row[] => [
    { kind: 'site', key: `site ${id}`, site: byId.get(id) ?? null, sessions: theirs },
    ...theirs.map((session): Row => ({ kind: 'session', key: session.id, session })),
  ]);
}
