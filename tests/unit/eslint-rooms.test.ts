import path from 'node:path';
import { RuleTester, type Rule } from 'eslint';
import { afterAll, describe, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const { rooms } = (await import(path.join(root, '.config/eslint-rooms.js'))) as { rooms: Rule.RuleModule };

RuleTester.describe = describe;
RuleTester.it = it;
Object.assign(RuleTester, { afterAll });

/** The rule names files below the folder that the linter was started in. */
const inRoom = (file: string): string => path.resolve(process.cwd(), file);

const may = (file: string, source: string) => ({
  name: `${file} may import ${source}`,
  filename: inRoom(file),
  code: `import x from '${source}';`,
});

const mayNot = (file: string, source: string, message: RegExp, code = `import x from '${source}';`) => ({
  name: `${file} may not: ${code}`,
  filename: inRoom(file),
  code,
  errors: [{ message }],
});

const mend = /Mend: /;

new RuleTester().run('dangol/rooms', rooms, {
  valid: [
    may('src-shared/merge/change.ts', '../model/model.ts'),
    may('src-shared/contract/shapes.ts', 'zod'),
    may('src-shared/model/ids.ts', 'uuid'),
    may('src-renderer/api.ts', '#shared/contract/wire.ts'),
    may('src-renderer/features/visits/x.ts', '../../ui/Select.vue'),
    may('src-renderer/main.ts', 'vue'),
    may('src-main/store/log.ts', '#shared/merge/clock.ts'),
    may('src-main/store/sqlite.ts', 'better-sqlite3'),
    may('src-main/store/schema.ts', 'node:crypto'),
    may('src-main/features/import.ts', '../store/store.ts'),
    may('src-main/features/import.ts', '../exchange/read.ts'),
    may('src-main/features/report.ts', '#main/workbook/save.ts'),
    may('src-main/features/x.ts', '../vault/key-file.ts'),
    may('src-main/workbook/write.ts', 'exceljs'),
    may('src-main/vault/key-file.ts', '../files/atomic.ts'),
    may('src-main/shells/cli.ts', '../core.ts'),
    may('src-main/shells/electron.ts', 'electron'),
    may('src-main/core.ts', './store/store.ts'),
    may('src-main/core.ts', '../package.json'),
    may('tests/store/x.test.ts', '#main/store/sqlite.ts'),
    may('tests/support/x.ts', 'electron'),
    {
      name: 'an import by a variable is not judged',
      filename: inRoom('src-main/core.ts'),
      code: 'import(x);',
    },
  ],
  invalid: [
    mayNot('src-shared/merge/change.ts', '#main/store/log.ts', mend),
    mayNot('src-shared/merge/change.ts', '../../src-renderer/api.ts', mend),
    mayNot('src-shared/merge/change.ts', 'node:fs', /pure/),
    mayNot('src-shared/merge/change.ts', 'vue', /pure/),
    mayNot('src-renderer/main.ts', '#main/core.ts', mend),
    mayNot('src-renderer/features/visits/x.ts', '../../../src-main/core.ts', mend),
    mayNot('src-renderer/main.ts', 'node:fs', /sandboxed.*Mend/),
    mayNot('src-renderer/main.ts', 'electron', mend),
    mayNot('src-main/store/log.ts', '../features/deps.ts', mend),
    mayNot('src-main/store/log.ts', '../exchange/read.ts', mend),
    mayNot('src-main/store/log.ts', 'better-sqlite3', /src-main\/store\/sqlite.ts alone/),
    mayNot('src-main/exchange/read.ts', '#main/store/store.ts', mend),
    mayNot('src-main/features/import.ts', '../shells/cli.ts', mend),
    mayNot('src-main/features/import.ts', '../core.ts', mend),
    mayNot('src-main/features/import.ts', 'electron', /src-main\/shells\/ alone/),
    mayNot('src-main/features/report.ts', 'exceljs', /src-main\/workbook\/ alone/),
    mayNot('src-main/files/atomic.ts', '../store/sqlite.ts', mend),
    mayNot('src-main/shells/cli.ts', '../features/import.ts', mend),
    mayNot('src-main/shells/cli.ts', '#main/store/store.ts', mend),
    mayNot('src-main/core.ts', '#tests/support/laptop.ts', /only tests may reach outside/),
    mayNot('src-main/core.ts', '../.config/knip.ts', /only tests may reach outside/),
    mayNot('src-main/store/log.ts', '', mend, "export { x } from '../features/deps.ts';"),
    mayNot('src-main/store/log.ts', '', mend, "export * from '../features/deps.ts';"),
    mayNot('src-main/store/log.ts', '', mend, "import('../features/deps.ts');"),
  ],
});
