import type { KnipConfig } from 'knip';

const CSS_IMPORT = /@import\s+(?:url\()?['"]([^'"]+)['"]/g;

const config: KnipConfig = {
  entry: [
    '.config/{eslint.config.js,knip.ts}',
    'src-main/shells/{desktop,preload,cli,core-worker,report-worker}.ts',
    'src-main/vault/copy-worker.ts',
    'src-renderer/main.ts',
    'tests/vitest.config.ts',
    'tests/{unit,store,property}/**/*.test.ts',
    'tests/e2e/playwright.config.ts',
    'tests/e2e/**/*.spec.ts',
    // Started by their names: an executable that takes Electron's place, and its hook.
    'tests/support/electron-stand-in/{main,register,electron}.ts',
    // Started as programs of their own, to be killed, or to have the system fail under them.
    'tests/support/{typing,killed,sending,hub}-child.ts',
    'tests/support/faults/{fault,killed-job}-child.ts',
    'tests/bench/run.ts',
    // Run by hand, with the program of the past, when a version of the store is new.
    'tests/fixtures/store/past/make.mjs',
    // How installers are made, and what the workflows of a hosted service start.
    '.config/packaging/{electron-builder,stage}.ts',
    'tests/support/packaging/{start-once,deb-plan}.ts',
    // Run by hand when the picture has changed.
    'tests/support/icons.ts',
    // Run by hand when the screens have changed.
    'tests/support/screenshots.ts',
    // Loaded into the program while they are taken.
    'tests/support/screenshots/clock.ts',
  ],
  project: [
    'src-*/**/*.{ts,vue,css}',
    'tests/**/*.{ts,mjs}',
    '.config/**/*.{ts,js,mjs}',
    '*.ts',
    // Types of what has none: nothing imports them.
    '!**/*.d.ts',
  ],
  // Run by the runner, which finds them by their package and not by an import.
  // The database's types are found under this name because its package is an alias.
  ignoreDependencies: ['prettier', 'vue-tsc', '@types/better-sqlite3'],
  // Of the system: a test of a full disk makes a small one, where it may; poppler draws what was printed; age opens what was
  // sealed; mkfifo makes a folder hang; openssl makes a certificate, setpriv ends a server together with its test; strace
  // makes calls fail.
  ignoreBinaries: [
    'age',
    'age-keygen',
    'mkfifo',
    'mount',
    'umount',
    'pdfinfo',
    'pdftoppm',
    'openssl',
    'setpriv',
    'strace',
  ],
  // A function's parameter or result may be a type that nobody else names.
  ignoreExportsUsedInFile: { interface: true, type: true },
  compilers: {
    css: (text: string) => [...text.matchAll(CSS_IMPORT)].map(([, name]) => `import '${name}';`).join('\n'),
  },
};

export default config;
