/**
 * Starts the vetted-imports of the project that Claude Code works in: `start.mjs hook | mcp | session`.
 *
 * A plugin runs in every project, also in one that somebody has just cloned. So it starts nothing that git tracks (a branch may
 * have brought it), nothing of a folder without git, and nothing that it would have to fetch: the package in `node_modules` of
 * the project, else what is on PATH outside of it. Where there is neither, or the project has hooks of its own, nothing is asked.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const TOOL = 'vetted-imports';
const PACKAGE = `node_modules/${TOOL}`;

/** What shows that the people of a project decide about packages. */
const adoptions = [
  'approved-packages.yaml',
  ...['', '.json', '.yaml', '.yml'].map((end) => `.check-importsrc${end}`),
];

const [, , purpose] = process.argv;
const root = rootOf(process.env.CLAUDE_PROJECT_DIR || process.cwd());
const start = root === null ? { reason: 'this folder is in no git repository' } : startIn(root);

if (purpose === 'session') tellSession();
else if (purpose === 'mcp') await serve();
else if (start.words !== undefined && !hasOwnHooks(root))
  await run('agent-hook', '--agent', 'claude', '--only-adopted');

async function serve() {
  if (start.words !== undefined) return run('mcp');
  process.stderr.write(`${TOOL}: ${start.reason}.\n`);
  process.exitCode = 1;
}

/** Says once what would else stay unsaid: people of this project decide about packages, and nothing asks them. */
function tellSession() {
  if (root === null || start.words !== undefined) return;
  if (!adoptions.some((name) => existsSync(path.join(root, name)))) return;
  const text = `${TOOL} checks nothing in this session: ${start.reason}.`;
  const additionalContext = `${text} Tell the user before you add a package.`;
  const hookSpecificOutput = { hookEventName: 'SessionStart', additionalContext };
  process.stdout.write(`${JSON.stringify({ systemMessage: text, hookSpecificOutput })}\n`);
}

/** What is a module runs in this process: it reads its words and standard input as if it had been started by itself. */
async function run(...words) {
  const { kind, file } = start.words;
  if (kind === 'module') {
    process.argv = [process.execPath, file, ...words];
    await import(pathToFileURL(file).href); // check-imports: ignore[pathToFileURL(file).href] the package that the project has installed
    return;
  }
  const { status, error } = spawnSync(file, words, { stdio: 'inherit' });
  if (error) throw error;
  process.exitCode = status ?? 1;
}

/** `init --agent claude` has written hooks into the project: they ask the same. */
function hasOwnHooks(folder) {
  const file = path.join(folder, '.claude/settings.json');
  return existsSync(file) && /(?:check|vetted)-imports[^\n]* agent-hook/.test(readFileSync(file, 'utf8'));
}

/** @returns What is started; else why nothing is. */
function startIn(folder) {
  const outside = onPath(folder);
  const program = path.join(folder, PACKAGE, 'bin/check-imports.js');
  const reason = existsSync(program)
    ? whyNotRun(folder)
    : `it is neither in node_modules of this project nor on PATH. A person installs it`;
  if (reason === null) return { words: { kind: 'module', file: program } };
  return outside === null ? { reason } : { words: { kind: 'program', file: outside } };
}

/** @returns Why the package in `node_modules` is not run; null where nothing speaks against it. */
function whyNotRun(folder) {
  const home = path.relative(realpathSync(folder), realpathSync(path.join(folder, PACKAGE)));
  const [first] = home.split(path.sep);
  const names = [...new Set(['node_modules', ...(first === '..' || path.isAbsolute(home) ? [] : [first])])];
  const tracked = git(folder, '--icase-pathspecs', 'ls-files', '--', ...names);
  if (tracked === null) return 'git does not say what it tracks';
  // Before the first commit there is no HEAD.
  const committed = git(folder, 'ls-tree', '--name-only', 'HEAD', ...names) ?? '';
  return `${tracked}${committed}` === ''
    ? null
    : 'git tracks files in node_modules, and what git tracks is not run';
}

/** @returns The nearest folder, from one on upwards, with a repository of git; null where there is none. */
function rootOf(folder) {
  if (existsSync(path.join(folder, '.git'))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? null : rootOf(parent);
}

/** @returns The entries of PATH outside of a folder. */
function foldersOnPath(folder) {
  const inside = `${realpathSync(folder)}${path.sep}`;
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((entry) => path.isAbsolute(entry) && existsSync(entry))
    .filter((entry) => !`${realpathSync(entry)}${path.sep}`.startsWith(inside));
}

function onPath(folder) {
  const files = foldersOnPath(folder).map((entry) => path.join(entry, TOOL));
  return files.find((file) => isExecutable(file)) ?? null;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ENOTDIR'].includes(error.code)) return false;
    throw error;
  }
}

/** No program of the folder, and none that settings of the repository name, runs for it. */
function git(folder, ...words) {
  const args = ['-c', 'core.fsmonitor=false', '--no-replace-objects', ...words];
  const { status, stdout } = spawnSync('git', args, {
    cwd: folder,
    env: { ...process.env, PATH: foldersOnPath(folder).join(path.delimiter) },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : null;
}
