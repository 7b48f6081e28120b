import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { auditCodes } from '#shared/contract/audit.ts';
import type { InputOf } from '#shared/contract/contract.ts';
import { personalSheets, type PersonalSheet } from '#shared/contract/report.ts';
import { demoScales, roles, type Role } from '#shared/contract/app.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { messageOf } from '#shared/contract/messages.ts';
import { auditOf, type AuditQuestion } from './cli-audit.ts';
import * as backups from './cli-backups.ts';
import * as commands from './cli-commands.ts';
import { importFiles, onTerminal } from './cli-import.ts';
import { errorDocument, fromJson, languageOf, print, toJson, toText, unexpected } from './cli-output.ts';
import { addHubCommands } from './cli-hub-commands.ts';
import { outbox, runOutbox } from './cli-outbox.ts';
import { rescueOf } from './cli-rescue.ts';
import * as vault from './cli-vault.ts';
import { eraseDue, retentionOf } from './cli-retention.ts';
import { defaultDataDir } from './data-dir.ts';
import { serve } from './serve.ts';

/** Read once and taken out of the environment: a browser that is started from here has no use for it. */
function secretOf(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const secret = env[name] || undefined;
  delete env[name];
  return secret;
}

const EXIT = { done: 0, refused: 1, usage: 2 } as const;

interface Globals {
  readonly data: string;
  readonly json?: boolean;
}

interface Period {
  readonly program?: string;
  readonly from?: string;
  readonly to?: string;
}

interface Reported {
  readonly out: string;
  readonly template?: string;
  /** True where no sheet is named. */
  readonly personal?: true | string[];
  readonly reason?: string;
}

/** The command line: every command opens the core, passes on one call and prints its answer. */
function build(done: (code: number) => void): Command {
  const program = new Command('dangol')
    .description('단골수첩 (Dangol Fieldbook)')
    .option('--data <dir>', 'the folder of the store', defaultDataDir(process.env, process.platform))
    .option('--json', 'one JSON document on stdout')
    .exitOverride()
    .configureOutput({ writeOut: (text) => process.stderr.write(text) });

  const language = languageOf(process.env);
  const secret = secretOf(process.env, 'DANGOL_PASSPHRASE');
  const fresh = secretOf(process.env, 'DANGOL_NEW_PASSPHRASE');
  const hubPassword = secretOf(process.env, 'DANGOL_HUB_PASSWORD');
  const globals = (): Globals => program.opts<Globals>();
  const place = (): commands.Place => ({
    dataDir: globals().data,
    language,
    secret,
    json: globals().json ?? false,
  });

  /** Prints what a command gives back, or its refusal, and settles the exit code. */
  async function answer(work: () => Promise<commands.Outcome> | commands.Outcome): Promise<void> {
    try {
      const { value, refused } = await work();
      await print(globals().json ? toJson(value) : toText(value));
      done(refused ? EXIT.refused : EXIT.done);
    } catch (error) {
      await fail(error);
    }
  }

  async function fail(thrown: unknown): Promise<void> {
    const error = thrown instanceof Refusal ? thrown : unexpected(thrown);
    if (globals().json) await print(toJson(errorDocument(error, language)));
    process.stderr.write(`${messageOf(error, language)}\n`);
    done(EXIT.refused);
  }

  const period = (command: Command): Command =>
    command.option('--program <id>').option('--from <date>').option('--to <date>');

  program
    .command('init')
    .description('make a new, empty store')
    .option('--name <name>', 'the name of this laptop', '')
    .addOption(new Option('--role <role>').choices(roles).default('trainer'))
    .action((o: { name: string; role: Role }) => answer(() => commands.init(place(), o.name, o.role)));
  program
    .command('demo')
    .description('fill the store with the demo programmes')
    .addOption(new Option('--scale <scale>').choices(demoScales).default('2024'))
    .option('--seed <n>', 'the same seed gives the same demo', wholeNumber, 1)
    .action((o: { scale: '2024' | 'national'; seed: number }) =>
      answer(() => commands.demo(place(), o.scale, o.seed)),
    );
  program
    .command('import-sites <file>')
    .description('bring in a list of markets (CSV in UTF-8 or CP949, or xlsx)')
    .option('--program <id>')
    .action((file: string, o: { program?: string }) => answer(() => commands.importTable(place(), file, o)));
  program
    .command('import-stores <file>')
    .description('bring in a list of shops of one site')
    .requiredOption('--site <id>')
    .action((file: string, o: { site: string }) => answer(() => commands.importTable(place(), file, o)));
  program
    .command('export')
    .description('write an exchange file')
    .requiredOption('--out <file>')
    .addOption(new Option('--purpose <purpose>').choices(['session', 'kit']).default('session'))
    .option('--program <id>')
    .option('--session <id...>')
    .option('--site <id...>', 'sites with their shops and people, as a kit for the field')
    .option('--trainer <id...>', 'whose sessions; a kit for the field')
    .option('--since <import-or-time>')
    .option('--seal', 'only the coordinator can open it')
    .option('--seal-for <laptop...>', 'only these laptops can open it: ids known here, or coordinator')
    .action(
      (o: {
        out: string;
        purpose: 'session' | 'kit';
        program?: string;
        session?: string[];
        site?: string[];
        trainer?: string[];
        since?: string;
        seal?: boolean;
        sealFor?: string[];
      }) =>
        answer(() => {
          const { out, session: sessions, site: sites, trainer: trainers, seal, ...rest } = o;
          const sealFor = seal ? [...(o.sealFor ?? []), 'coordinator'] : o.sealFor;
          return commands.exportFile(place(), out, { ...rest, sessions, sites, trainers, sealFor });
        }),
    );
  program
    .command('inspect <file>')
    .description('show what is in an exchange file; stores nothing')
    .action((file: string) => answer(() => commands.inspect(place(), file)));
  program
    .command('import <file...>')
    .description('merge exchange files')
    .option('--dry-run', 'say what would happen; stores nothing')
    .action((files: string[], o: { dryRun?: boolean }) =>
      answer(async () => {
        const told = onTerminal(process.stderr);
        return importFiles(place(), files, o.dryRun ?? false, told).finally(() => told.end());
      }),
    );
  program
    .command('imports')
    .description('list what was imported')
    .action(() => answer(() => commands.run(place(), 'imports.list', {})));
  program
    .command('undo-import <id>')
    .description('take an import out again')
    .action((id: string) => answer(() => commands.run(place(), 'imports.undo', { id })));
  program
    .command('conflicts')
    .description('list the open conflicts, or write them as a workbook to settle them in')
    .option('--out <file>', 'an xlsx file')
    .action((o: { out?: string }) =>
      answer(() =>
        o.out === undefined ? commands.conflicts(place()) : commands.conflictsBook(place(), o.out),
      ),
    );
  program
    .command('resolve <file>')
    .description('settle the conflicts that such a workbook says how to')
    .option('--dry-run', 'say what would happen; stores nothing')
    .action((file: string, o: { dryRun?: boolean }) =>
      answer(() => commands.resolve(place(), file, o.dryRun ?? false)),
    );
  program
    .command('duplicates')
    .description('list the shops that may be one, with score and reasons')
    .option('--site <id>', 'only those of a site')
    .option('--min <score>', 'from this score on (0 to 1)', share)
    .option('--limit <n>', 'at most so many', positive)
    .action((o: { site?: string; min?: number; limit?: number }) =>
      answer(() => commands.duplicates(place(), o, (text) => process.stderr.write(text))),
    );
  period(program.command('kpis').description('the figures of the report')).action((o: Period) =>
    answer(() => commands.run(place(), 'report.kpis', o)),
  );
  period(program.command('report').description('write the workbook').requiredOption('--out <file>'))
    .option('--template <file>', 'fill the sheets of this workbook instead')
    .option(
      '--personal [sheet...]',
      `people in full, on these sheets or on all: ${Object.keys(personalSheets).join(', ')}`,
    )
    .option('--reason <text>', 'what personal data in full is needed for')
    .action(({ out, template, personal, reason, ...o }: Period & Reported) =>
      answer(() => commands.report(place(), out, { ...o, ...personalOf(personal, reason) }, template)),
    );
  program
    .command('audit')
    .description('who exported, printed, looked at, erased and imported personal data, and why')
    .addOption(new Option('--what <code>').choices(auditCodes))
    .option('--from <date>')
    .option('--to <date>')
    .option('--out <file>', 'write it as an xlsx file')
    .action((o: AuditQuestion & { out?: string }) => answer(() => auditOf(place(), o)));
  const retention = program
    .command('retention')
    .description('how long personal data is kept, what is due, and what was destroyed')
    .action(() => answer(() => retentionOf(place())));
  retention
    .command('erase')
    .description('destroy what is due of one programme, everywhere; cannot be undone')
    .requiredOption('--program <id>')
    .requiredOption('--reason <text>', 'stands in the record of destruction and of access')
    .action((o: { program: string; reason: string }) => answer(() => eraseDue(place(), o)));
  program
    .command('dump')
    .description('canonical JSON Lines of all records')
    .action(() => commands.dump(place(), print).catch(fail));
  program
    .command('call [method] [json]')
    .description('any call of the contract; without a method, lists them')
    .action((method?: string, json?: string) =>
      answer(() =>
        method === undefined ? commands.methods() : commands.anyCall(place(), method, inputOf(json)),
      ),
    );
  program
    .command('verify')
    .description('check database, log, projections and blobs')
    .action(() => answer(() => commands.verify(place())));
  program
    .command('backup')
    .description('write a copy of the store, opened and checked')
    .requiredOption('--out <file>')
    .action((o: { out: string }) => answer(() => backups.backup(place(), o.out)));
  program
    .command('restore <file>')
    .description('put a copy in the place of the store; what stood there is set aside')
    .action((file: string) => answer(() => backups.restoreFrom(place(), file)));
  program
    .command('rescue')
    .description('what the program restored by itself when it found the store damaged')
    .option('--seen', 'do not tell it again')
    .action((o: { seen?: boolean }) => answer(() => rescueOf(place(), o)));
  program
    .command('outbox')
    .description('what waits to be sent')
    .action(() => answer(() => outbox(place())))
    .command('run')
    .description('try everything that waits once')
    .action(() => answer(() => runOutbox(place())));
  addHubCommands(program, { place, answer, hubPassword, print });
  program
    .command('vault')
    .description('how the store is opened; DANGOL_PASSPHRASE is the present passphrase or recovery code')
    .addOption(new Option('--passphrase', 'set DANGOL_NEW_PASSPHRASE as the passphrase'))
    .addOption(
      new Option('--recovery', 'make a new recovery code and print it, this once').conflicts('passphrase'),
    )
    .action((o: { passphrase?: boolean; recovery?: boolean }) =>
      answer(() => vault.vault(place(), o, fresh)),
    );
  program
    .command('serve')
    .description('serve the program to a browser on this machine')
    .option('--port <n>', 'the port; 0 takes a free one', wholeNumber, 0)
    .option('--demo', 'fill an empty store with the demo first')
    .option('--open', 'open the browser')
    .action((o: { port: number; demo?: boolean; open?: boolean }) =>
      serve({ ...place(), ...o, json: globals().json ?? false }, print).catch(fail),
    );
  return program;
}

/** Which sheet there is, and that a reason is given, is for the core to say. */
function personalOf(
  personal: Reported['personal'],
  reason = '',
): Pick<NonNullable<InputOf<'report.workbook'>>, 'personal'> {
  if (personal === undefined) return {};
  const sheets = personal === true ? undefined : (personal as PersonalSheet[]);
  return { personal: { reason, ...(sheets && { sheets }) } };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number, please');
  return Number(text);
}

function positive(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError('at least 1, please');
  return number;
}

function share(text: string): number {
  if (!/^(0|1|[01]\.0+|0?\.\d+)$/.test(text)) throw new InvalidArgumentError('a number from 0 to 1, please');
  return Number(text);
}

function inputOf(json: string | undefined): unknown {
  if (json === undefined) return {};
  try {
    return fromJson(json);
  } catch (error) {
    throw new Refusal('INVALID_INPUT', { at: 'JSON', reason: (error as Error).message }, error);
  }
}

async function main(): Promise<void> {
  // A reader that has seen enough (`dump | head`) closes the pipe; that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  try {
    // The packaged program sets its words as Node has them; Commander would count Electron's otherwise.
    await build((code) => (process.exitCode = code)).parseAsync(process.argv.slice(2), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version are no mistakes.
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
}

await main();
