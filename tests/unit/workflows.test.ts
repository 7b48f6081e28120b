import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };

// The parser imports JSON as a bundler takes it and Node does not.
const hooks = registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    return specifier.endsWith('.json') ? { ...found, importAttributes: { type: 'json' } } : found;
  },
});
const { NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');
hooks.deregister();

/** The workflows cannot be run where the program is built: what can be known of them without is held here. */
const root = path.join(import.meta.dirname, '../..');
const folder = path.join(root, '.github/workflows');
const files = fs.readdirSync(folder).map((name) => ({
  name,
  content: fs.readFileSync(path.join(folder, name), 'utf8'),
}));

function errorsIn(file: { name: string; content: string }): string[] {
  return parseWorkflow(file, new NoOperationTraceWriter())
    .context.errors.getErrors()
    .map(({ message }) => message);
}

it('holds the three workflows', () => {
  expect(files.map(({ name }) => name).sort()).toEqual(['ci.yml', 'desktop.yml', 'release.yml']);
});

it('finds a mistake', () => {
  const steps = 'steps: [{ run: "${{ nothing.there }}" }]';
  const bad = `on: push\njobs: { a: { runs-on: ubuntu-24.04, needz: [], ${steps} } }`;
  expect(errorsIn({ name: 'bad.yml', content: bad })).toHaveLength(2);
});

describe.each(files)('$name', ({ name, content }) => {
  it('is a workflow, as the service itself reads it', () => {
    expect(errorsIn({ name, content })).toEqual([]);
  });

  it('says that it was not run, and may read and nothing else', () => {
    expect(content).toContain('Not run where it was written');
    expect(content).toMatch(/^permissions:\n {2}contents: read\n/m);
    expect(content.match(/permissions:/g)).toHaveLength(1);
    expect(content.match(/persist-credentials: false/g)).toHaveLength(
      content.match(/actions\/checkout@/g)!.length,
    );
  });

  it('names actions of the service alone, by their major version', () => {
    const used = [...content.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^actions\/[a-z-]+@v\d+$/);
  });

  it.skipIf(process.platform === 'win32')('has commands that the shell can read', () => {
    const { jobs } = parse(content) as { jobs: Record<string, { steps: { run?: string }[] }> };
    const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) execFileSync('bash', ['-n'], { input: command });
  });

  it('runs what is there', () => {
    const scripts = [...content.matchAll(/npm run (?:-s )?([a-z:]+)/g)].map(([, script]) => script!);
    for (const script of scripts) expect(Object.keys(packageJson.scripts)).toContain(script);
    const programs = [...content.matchAll(/(?<= )(?:\.config|tests|\.ci)(?:\/[\w-]+)+(?:\.[a-z]+)*/g)].map(
      ([file]) => file,
    );
    for (const file of programs) expect(fs.existsSync(path.join(root, file)), file).toBe(true);
  });
});
