import { readFileSync } from 'node:fs';
import { Arch, build, Platform } from 'electron-builder';
import { configFor } from '../../../.config/packaging/electron-builder.ts';

/**
 * `deb-plan.ts PACKED OUT`: what electron-builder hands to the tool that makes Debian's package, as one line of JSON. The
 * tool itself cannot be had everywhere.
 */
const [prepackaged = '', output = ''] = process.argv.slice(2);
const config = configFor({});

await build({
  targets: Platform.LINUX.createTarget(['deb'], Arch.x64),
  prepackaged,
  publish: 'never',
  config: { ...config, directories: { ...config.directories, output } },
  effectiveOptionComputed: ([args, desktop]: [string[], string]) => {
    const mime = args.find((arg) => arg.includes('=/usr/share/mime/'))?.split('=')[0];
    const read = (file: string | undefined): string => (file ? readFileSync(file, 'utf8') : '');
    process.stdout.write(`\n${JSON.stringify({ args, desktop: read(desktop), mime: read(mime) })}\n`);
    // Goes no further.
    return Promise.resolve(true);
  },
});
