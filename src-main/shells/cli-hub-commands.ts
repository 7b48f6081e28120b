import { Option, type Command } from 'commander';
import { hubSeals, type HubSeal } from '#shared/contract/hub.ts';
import type { Outcome, Place } from './cli-commands.ts';
import * as hub from './cli-hub.ts';
import { onTerminal } from './cli-import.ts';

/** What the command line gives to the commands of the hub. */
export interface HubShell {
  readonly place: () => Place;
  readonly answer: (work: () => Promise<Outcome>) => Promise<void>;
  readonly hubPassword: string | undefined;
  readonly print: (text: string) => Promise<void>;
}

/** `hub init|roles|status|push|pull|coordinator|forget`: the team's hub. */
export function addHubCommands(program: Command, { place, answer, hubPassword, print }: HubShell): void {
  const group = program
    .command('hub')
    .description("the team's hub, a PostgreSQL database; DANGOL_HUB_PASSWORD is the login's password");

  /** A command that connects. */
  const reaching = (name: string, description: string): Command =>
    group
      .command(name)
      .description(description)
      .requiredOption('--url <url>', 'postgres://login@server:5432/database')
      .option('--ca <file>', 'the authority that signed the certificate of the server, as PEM');

  reaching('init', 'make a hub in an empty database, or bring an older one up to date')
    .option('--name <name>', 'what the team calls it', '')
    .addOption(
      new Option('--seal <what>', 'what only coordinators can read').choices(hubSeals).default('personal'),
    )
    .action((o: hub.HubOptions & { name: string; seal: HubSeal }) =>
      answer(() => hub.initHub(place(), o, hubPassword)),
    );
  group
    .command('roles')
    .description('print the roles for the database administrator to read and run')
    .action(() => print(hub.hubRoles()));
  reaching('status', 'what waits in either direction, and who pushes').action((o: hub.HubOptions) =>
    answer(() => hub.hubStatus(place(), o, hubPassword)),
  );
  for (const [name, description, run] of [
    ['push', 'send what the hub lacks', hub.pushHub],
    ['pull', 'fetch and merge what is new in the hub', hub.pullHub],
  ] as const) {
    reaching(name, description)
      .option('--again', name === 'push' ? 'offer everything once more' : 'also what was taken out here')
      .action((o: hub.HubOptions & { again?: boolean }) =>
        answer(() => {
          const told = onTerminal(process.stderr);
          return run(place(), o, hubPassword, told).finally(() => told.end());
        }),
      );
  }
  reaching('coordinator <laptop>', 'let a laptop known here read what is sealed; for whoever made the hub')
    .option('--remove', 'take that back')
    .action((laptop: string, o: hub.HubOptions & { remove?: boolean }) =>
      answer(() => hub.coordinateHub(place(), o, laptop, hubPassword)),
    );
  group
    .command('forget')
    .description('forget the hub that this laptop knows; what it brought stays')
    .action(() => answer(() => hub.forgetHub(place())));
}
