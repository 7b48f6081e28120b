import path from 'node:path';

/**
 * The rooms of the house and the arrows between them (docs/architecture.md).
 * A room may import itself and the rooms listed; a package listed under `packages` may be imported
 * only by files that begin with one of its paths.
 */
const ROOMS = [
  { room: 'src-shared/', may: [] },
  { room: 'src-renderer/', may: ['src-shared/'] },
  { room: 'src-main/files/', may: ['src-shared/'] },
  { room: 'src-main/store/', may: ['src-shared/'] },
  { room: 'src-main/exchange/', may: ['src-shared/'] },
  { room: 'src-main/workbook/', may: ['src-shared/', 'src-main/files/'] },
  { room: 'src-main/outbox/', may: ['src-shared/', 'src-main/store/'] },
  { room: 'src-main/hub/', may: ['src-shared/', 'src-main/exchange/'] },
  { room: 'src-main/vault/', may: ['src-shared/', 'src-main/store/', 'src-main/files/'] },
  {
    room: 'src-main/features/',
    may: [
      'src-shared/',
      'src-main/store/',
      'src-main/exchange/',
      'src-main/workbook/',
      'src-main/outbox/',
      'src-main/hub/',
      'src-main/vault/',
      'src-main/files/',
    ],
  },
  {
    room: 'src-main/shells/',
    may: ['src-shared/', 'src-main/before-core.ts', 'src-main/core.ts', 'src-main/gate.ts'],
  },
  { room: 'src-main/', may: ['src-shared/', 'src-main/'] },
];

const PACKAGES = {
  electron: ['src-main/shells/', 'tests/'],
  'better-sqlite3': ['src-main/store/sqlite.ts', 'tests/'],
  exceljs: ['src-main/workbook/', 'tests/'],
  'age-encryption': ['src-main/exchange/', 'tests/'],
  pg: ['src-main/hub/', 'tests/'],
};

const PURE = 'src-shared/';
const PURE_PACKAGES = ['zod', 'uuid'];

/** The ESLint rule `dangol/rooms`: an import that crosses a wall is an error that says how to mend it. */
export const rooms = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const root = context.cwd;
    const file = path.relative(root, context.filename).replaceAll('\\', '/');
    const home = ROOMS.find((entry) => file.startsWith(entry.room));
    if (!home) return {};

    function check(node) {
      const source = node.source?.value;
      if (typeof source !== 'string') return;
      const target = resolveInside(source, file);
      if (target === null) checkPackage(node, source);
      else checkRoom(node, target);
    }

    function checkRoom(node, target) {
      if (target === 'package.json') return;
      if (!target.startsWith('src-')) {
        report(node, `${home.room} must not import ${target}: only tests may reach outside the rooms.`);
        return;
      }
      const allowed = [home.room, ...home.may];
      if (allowed.some((prefix) => target.startsWith(prefix))) return;
      report(
        node,
        `${home.room} must not import ${target}. It may import ${home.may.join(', ') || 'nothing outside itself'}. ` +
          'Mend: take what you need as a parameter from the caller, or move the shared part down into src-shared/.',
      );
    }

    function checkPackage(node, source) {
      const name = source.startsWith('@') ? source.split('/').slice(0, 2).join('/') : source.split('/')[0];
      if (home.room === PURE && !PURE_PACKAGES.includes(name)) {
        report(
          node,
          `src-shared/ is pure and may import only ${PURE_PACKAGES.join(', ')}, not ${name}. Mend: do it in src-main/ or src-renderer/.`,
        );
      }
      if (home.room === 'src-renderer/' && source.startsWith('node:')) {
        report(
          node,
          `src-renderer/ runs sandboxed and has no ${source}. Mend: add a call to src-shared/contract/.`,
        );
      }
      const owners = PACKAGES[name];
      if (owners && !owners.some((prefix) => file.startsWith(prefix))) {
        report(
          node,
          `${name} is imported in ${owners[0]} alone. Mend: call what that place exports, or add to it there.`,
        );
      }
    }

    function report(node, message) {
      context.report({ node, message });
    }

    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

/** The path below the project's root that an import names, or null when it names a package. */
function resolveInside(source, file) {
  if (source.startsWith('.')) return path.posix.normalize(path.posix.join(path.posix.dirname(file), source));
  if (source.startsWith('#shared/')) return 'src-shared/' + source.slice('#shared/'.length);
  if (source.startsWith('#main/')) return 'src-main/' + source.slice('#main/'.length);
  if (source.startsWith('#tests/')) return 'tests/' + source.slice('#tests/'.length);
  return null;
}
