/**
 * What goes into the installed program, as electron-builder's patterns: what was built, the pictures of the window, the libraries of the core,
 * and of SQLite the one binary of the system and processor that is packed for.
 *
 * All stands in the options of a system: beside a list of its own, a list for all systems would let everything in.
 *
 * @param platform the system as Node calls it; electron-builder's own `${platform}` is the one that it runs on
 */
export function filesFor(platform: 'win32' | 'darwin' | 'linux'): string[] {
  return [
    'package.json',
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'resources/{icon,dragged}.png',
    // The project's own Node, brought by `npm ci` as an optional package.
    '!**/node_modules/node-{bin-,}{darwin,linux,win}-*{,/**}',
    `!**/node_modules/better-sqlite3/prebuilds/!(${platform}-\${arch}).node`,
    // The sources that the binaries were made from.
    '!**/node_modules/better-sqlite3/{deps,src,binding.gyp}{,/**}',
    '!**/node_modules/node-addon-api{,/**}',
    // For browsers and for Node of long ago.
    '!**/node_modules/exceljs/dist{,/**}',
    // Written for those who build upon a library, not for those who run it.
    '!**/node_modules/**/{test,tests,__tests__,example,examples,benchmark,benchmarks,docs,.github}{,/**}',
    '!**/node_modules/**/{README,CHANGELOG,HISTORY,UPGRADING}*',
    '!**/{.nycrc,.editorconfig,.eslintrc*,.prettierrc*}',
    '!**/*.{map,ts,mts,cts,tsbuildinfo,flow}',
  ];
}
