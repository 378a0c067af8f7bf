import { readerOfSettings, rootsSaidIn, type ConfigFile } from './declared-roots.ts';
import type { FileLookup } from './lookup.ts';
import { normalize } from 'node:path/posix';
import { folderOf, join, plainRoot, unique } from './roots.ts';
import type { Root } from './roots.ts';

/** Files that start Python and its tools: in them stand command lines, and variables of the environment. */
const COMMANDS = new RegExp(
  [
    String.raw`(?:^|/)(?:GNUm|[Mm])akefile$|(?:^|/)\.?[Jj]ustfile$|(?:^|/)Taskfile\.ya?ml$|(?:^|/)Procfile$`,
    String.raw`(?:^|/)(?:tox\.ini|\.?pytest\.ini|setup\.cfg|hatch\.toml|pixi\.toml|\.?mise\.toml|Jenkinsfile|pyproject\.toml|noxfile\.py|tasks\.py|package\.json)$`,
    String.raw`(?:^|/)\.env(?:rc|\.[\w.-]+)?$|(?:^|/)[\w.-]*Dockerfile[\w.-]*$|(?:^|/)(?:docker-)?compose[\w.-]*\.ya?ml$`,
    String.raw`^\.(?:pre-commit-config|travis)\.ya?ml$|^\.?(?:gitlab-ci|azure-pipelines|bitbucket-pipelines)\.ya?ml$`,
    String.raw`^\.(?:github|circleci)/.*\.ya?ml$|(?:^|/)\.(?:vscode|devcontainer)/[\w.-]+\.json$|\.(?:sh|mk|code-workspace|iml)$`,
  ].join('|'),
);

/** More than any project has, and than any of them says. */
const MOST_FILES = 200;
const MOST_ROOTS = 200;
const LONGEST = 256 * 1024;

/** `PYTHONPATH` with what is assigned to it, in shells, INI, YAML, JSON and Dockerfiles. */
const PYTHONPATH =
  /\bPYTHONPATH["']?(?:[ \t]*[:+?]?=|:|(?=[ \t]))[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|((?:\$\{\{[^}\n]{0,80}\}\}|(?!\$\{\{)[^\s"'#,])+))/g;

/** Of Visual Studio Code (https://code.visualstudio.com/docs/python/settings-reference): what its editor looks in. */
const EXTRA_PATHS = /"python\.(?:analysis|autoComplete)\.extraPaths"\s*:\s*\[([^\]]{0,2000})\]/g;

/** Of PyCharm, which puts the folders that its modules call sources on the path (https://www.jetbrains.com/help/pycharm/content-root.html). */
const SOURCE_FOLDER = /<sourceFolder\s+url="file:\/\/\$MODULE_DIR\$\/([^"\n]+)"/g;

/** A variable, or the output of a command, that stands for the folder of the repository. */
const VARIABLE = /\$\{\{[^}]*\}\}|\$\$?\([^)]*\)|\$?\$\{[^}]*\}|\$?\$\w+|\{[\w.]+\}|%\([\w.]+\)s|%\w+%/g;

/**
 * The roots that command lines and environments of a state name: folders of `PYTHONPATH`, and those of settings that stand
 * under a name of their own, where a word of a command line is their path.
 *
 * @param state Whose word counts: what only a change says may lead anywhere.
 * @param head The state whose folders and modules wildcards stand for.
 */
export async function namedRoots(state: FileLookup, head: FileLookup): Promise<readonly Root[]> {
  const paths = await state.list();
  const files = paths.filter((path) => COMMANDS.test(path)).slice(0, MOST_FILES);
  const tracked = new Set(paths);
  const named = new Map<string, ConfigFile>();
  const roots: Root[] = [];
  for (const file of files) {
    const text = ((await state.text(file)) ?? '').slice(0, LONGEST);
    for (const root of pathsIn(text).flatMap((folder) => rootsAt(folder, file))) roots.push(root);
    for (const path of wordsOf(text, folderOf(file))) {
      const reader = tracked.has(path) && named.size < MOST_FILES ? readerOfSettings(path) : undefined;
      // Some tools start from the file's folder, and others from where they are run.
      if (reader !== undefined)
        for (const base of new Set([folderOf(path), '']))
          named.set(`${base}\n${path}`, { base, file: path, reader });
    }
  }
  const declared = await rootsSaidIn([...named.values()], state, head);
  return unique([...roots.slice(0, MOST_ROOTS), ...declared]);
}

/** @returns The folders that a text adds to the path, as written but for variables. */
function pathsIn(text: string): readonly string[] {
  const values = [...text.matchAll(PYTHONPATH)].flatMap(([, double, single, bare]) =>
    (double ?? single ?? bare ?? '').replaceAll(VARIABLE, '$').split(/[:;,\s]+/),
  );
  const extra = [...text.matchAll(EXTRA_PATHS)].flatMap(([, list = '']) =>
    [...list.matchAll(/"([^"\n]*)"/g)].map(([, path = '']) => path.replaceAll(VARIABLE, '$')),
  );
  const sources = [...text.matchAll(SOURCE_FOLDER)].map(([, path = '']) => `$/${path}`);
  return [...values, ...extra, ...sources].filter((path) => path !== '' && path !== '$');
}

/** A folder relative to the file, or to the repository; of an absolute one, what its first part stands for is not known. */
function rootsAt(path: string, file: string): readonly Root[] {
  const bare = path.replace(/^\$\/?/, '');
  const bases = path.startsWith('$') || path.startsWith('/') ? [''] : [folderOf(file), ''];
  const relative = path.startsWith('/') ? [path.replace(/^\/[^/]*\/?/, '')] : [bare];
  return bases.flatMap((base) =>
    relative.flatMap((each) => {
      const folder = normalize(join(base, each === '' ? '.' : each)).replace(/\/$/, '');
      if (folder === '..' || folder.startsWith('../') || folder.startsWith('/')) return [];
      return [{ ...plainRoot(folder === '.' ? '' : folder, `PYTHONPATH in ${file}`), file }];
    }),
  );
}

/** @returns The paths that the words of a text may be: a word stands between blanks, quotes, `=` or brackets. */
function wordsOf(text: string, folder: string): ReadonlySet<string> {
  const words = text.match(/[\w@./-]+/g) ?? [];
  const paths = words
    .filter((word) => /[./]/.test(word) && word.length < 200)
    .flatMap((word) => [normalize(join(folder, word)), normalize(word)]);
  return new Set(paths);
}
