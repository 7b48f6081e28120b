import path from 'node:path';
import { build } from 'vite';

/**
 * Makes one file of a test's program, so that starting it two hundred times costs a fifth: nothing to look up, no types
 * to strip, and without the workbook's library unless it is asked for: who is killed while typing makes no workbook.
 * Returns the file.
 */
export async function bundled(entry: string, dir: string, { workbook = false } = {}): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    plugins: [
      {
        name: 'no-workbook',
        enforce: 'pre',
        resolveId: (id) => (id === 'exceljs' && !workbook ? '\0no-workbook' : null),
        load: (id) => (id === '\0no-workbook' ? 'export default {}' : null),
      },
    ],
    build: {
      ssr: entry,
      outDir: dir,
      target: 'node24',
      minify: false,
      rollupOptions: {
        external: ['better-sqlite3', ...(workbook ? ['exceljs'] : [])],
        output: { entryFileNames: 'program.mjs' },
      },
    },
  });
  return path.join(dir, 'program.mjs');
}
