import { pathIn, upwards } from '../text/upwards.ts';
import { assistantVariables } from '../model/assistant-environment.ts';
import { SETTINGS_NAME, TOOL } from '../model/tool.ts';
import { namedInCode, settingUpFiles } from './setting-up.ts';

/** How the hooks of a repository start this tool. */
export interface ToolCalls {
  /** The folder whose `node_modules` holds the package, relative to the work tree's top folder (`''`). */
  readonly folder: string;
  /** Packages are installed without `node_modules` (https://yarnpkg.com/features/pnp). */
  readonly plugAndPlay: boolean;
  /** Virtual environments of Python in which it may be installed, relative to that folder, or absolute. */
  readonly environments: readonly string[];
  /** What a person runs where the tool is missing: `npm install`. */
  readonly install: string;
  /** What has a manifest bring it, where none does and a package manager can write one: `uv add --dev vetted-imports`. */
  readonly add: string | null;
  /** What a person runs where the repository's own copy is not to be trusted, and to take the tool away. */
  readonly outside: string;
  /** What runs the commands of the packages at the top: `npx --no --`. */
  readonly runner: string;
  /** How a person starts this tool in the working folder: `npx --no -- vetted-imports`. */
  readonly command: string;
  /** Does a manifest of the repository bring it? */
  readonly named: boolean;
}

/** The hooks of git that check something. */
export type CheckedHook = 'pre-commit' | 'pre-push';

/** What is passed on to the tool: nothing, the arguments of the script, or git's first one as lefthook writes it. */
export type PassedOn = '' | ' "$@"' | " '{1}'";

const stoppedBy: Readonly<Record<CheckedHook, string>> = { 'pre-commit': 'commit', 'pre-push': 'push' };

/** The folder of the package, where a package manager has installed it, and the program in it that hooks start. */
export const PACKAGE = `node_modules/${TOOL}`;
export const PROGRAM = `bin/${SETTINGS_NAME}.js`;

/** What Yarn's Plug'n'Play loads: the files it generates, and the archives of packages (https://yarnpkg.com/features/pnp). */
const plugAndPlayFiles = '.pnp.cjs .pnp.loader.mjs .pnp.data.json .yarn/cache .yarn/unplugged "*-npm-*.zip"';

/** Yarn's generated file makes node read packages from archives, and knows where this one is. */
const plugAndPlayStart = String.raw`node -r ./.pnp.cjs -e "require(require(\"pnpapi\").resolveToUnqualified(\"${TOOL}/${PROGRAM}\", process.cwd() + \"/\"))" ${TOOL}`;

/**
 * The lines that start this tool from a hook script. They start nothing that git tracks, because a branch may have
 * brought it: they ask git about all of the `node_modules` from which node could load a part of the tool (its
 * dependencies load packages that no manifest names) and of the virtual environments, and leave the folders of the
 * repository out of PATH. No package manager is called, which would obey what the branch says: scripts of `pyproject.toml`
 * and plugins of Poetry.
 *
 * They hold in any POSIX shell, with or without `-e` and `-u`
 * (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html), and contain no single quotation mark, so
 * that they can stand between two of them.
 *
 * @param passedOn What follows `hook pre-commit`: file names, where a manager passes them on; for a push, the remote.
 * @param hook The hook that stops: of a push, git says on standard input what is pushed.
 */
export function scriptLines(
  calls: ToolCalls,
  passedOn: PassedOn = '',
  hook: CheckedHook = 'pre-commit',
): readonly string[] {
  const command = `hook ${hook}${passedOn}`;
  return [
    '(',
    `  fail() { printf "${TOOL}: %s, so the ${stoppedBy[hook]} is stopped. " "$1" >&2; shift; printf "%s\\n" "$@" >&2; exit 1; }`,
    ...preparation,
    ...pythonStart,
    ...fromNodeModules(calls.folder, command),
    ...(calls.plugAndPlay ? fromArchives(command) : []),
    ...calls.environments.flatMap((environment) => fromEnvironment(environment, command)),
    ...fromPath(command),
    '  [ -z "$found" ] || fail "git tracks $(printf "%s\\n" "$found" | head -n 1), and what git tracks is not run" \\',
    `    "Run: ${calls.outside}"`,
    ...passWhereNotSetUp(calls.outside),
    `  fail "not installed" ${quote(`Run: ${calls.install}`)} "To remove it for good, ${leaving(calls.outside)}"`,
    ') || exit $?',
  ];
}

/**
 * The same lines for the script of a push, which give standard input back: what stands behind them reads there, too, what
 * is pushed (git-lfs does, and the sample that git brings).
 */
export function pushScriptLines(calls: ToolCalls): readonly string[] {
  const lines = scriptLines(calls, ' "$@"', 'pre-push');
  return [
    'pushed_refs=$(cat)',
    ...lines.slice(0, -1),
    ') <<pushed_refs || exit $?',
    '$pushed_refs',
    'pushed_refs',
    'exec <<pushed_refs',
    '$pushed_refs',
    'pushed_refs',
    '[ -n "$pushed_refs" ] || exec </dev/null',
  ];
}

/** What takes the lines of a clone away, and the rest of the tool, also where the tool is no longer installed. */
function leaving(outside: string): string {
  return `a person runs: ${outside} && ${TOOL} init --remove`;
}

/**
 * git's own hooks are those of every branch and work tree. On a branch that does not set the tool up, because it is from
 * before the tool came, or from after it went, no manifest brings it and no policy judges: there its absence stops
 * nothing. What a commit takes out stands in HEAD, and what `git reset --soft` has left stands in the index, and what
 * `init` has just written in the work tree: all are asked. Whatever git can't tell stops the commit.
 */
const passWhereNotSetUp = (outside: string): readonly string[] => [
  '  is_set_up() {',
  '    names=$(git --no-replace-objects ls-tree -r --name-only HEAD 2>/dev/null) &&',
  '      names=$names$(git -c core.fsmonitor=false ls-files -co --exclude-standard) || return 0',
  `    case $names in *approved-packages.yaml* | *${SETTINGS_NAME}rc*) return 0 ;; esac`,
  '    unset GIT_LITERAL_PATHSPECS GIT_GLOB_PATHSPECS GIT_NOGLOB_PATHSPECS',
  '    for state in HEAD --cached --untracked; do',
  '      GIT_ICASE_PATHSPECS=1 GIT_NO_LAZY_FETCH=1 git -c core.fsmonitor=false --no-replace-objects \\',
  `        grep -qE --no-recurse-submodules --no-textconv -e ${quote(namedInCode)} "$state" -- \\`,
  `        ${settingUpFiles.map((pattern) => `"${pattern}"`).join(' ')}`,
  '      [ $? = 1 ] || return 0',
  '    done',
  '    return 1',
  '  }',
  `  is_set_up || { printf "%s\\n" "${TOOL}: nothing in this branch sets it up, so nothing was checked." \\`,
  `    "If it was removed for good, ${leaving(outside)}" >&2; exit 0; }`,
];

/**
 * Python is started with the tool's own file, and without what an environment loads at every start
 * (https://docs.python.org/3/using/cmdline.html#cmdoption-I, `-S`): a project that is installed there for editing has its
 * folder of sources searched for `sitecustomize`. Where a folder has no Python of its own, as that of `pip install --user`,
 * any does; Debian's Python has `dist-packages`.
 */
const pythonStart: readonly string[] = [
  '  start_python() {',
  '    home=$1 && shift && if [ -n "${ZSH_VERSION-}" ]; then setopt nonomatch; fi',
  '    for program in "$home"/[Ll]ib/python*/*-packages/vetted_imports/__main__.py "$home"/Lib/site-packages/vetted_imports/__main__.py; do',
  '      for python in "$home"/bin/python "$home"/Scripts/python.exe "$(command -v python3 || :)"; do',
  '        case $python in /*) [ ! -f "$program" ] || [ ! -x "$python" ] || exec "$python" -I -S "$program" "$@" ;; esac',
  '      done',
  '    done',
  '  }',
];

const preparation: readonly string[] = [
  // An assistant switches nothing off: the program says so.
  `  if [ "\${CHECK_IMPORTS-}" = 0 ] && [ -z "${assistantVariables.map((name) => `\${${name}-}`).join('')}" ]; then`,
  `    echo "${TOOL}: switched off by CHECK_IMPORTS=0; nothing was checked." >&2`,
  '    exit 0',
  '  fi',
  '  # Package managers put programs of this repository into PATH, NODE_PATH and NODE_OPTIONS.',
  '  cd -P . && top=$PWD && list=$PATH: && PATH=',
  '  while [ -n "$list" ]; do',
  '    dir=${list%%:*} && list=${list#*:}',
  '    case $dir in /*) cd -P "$dir" 2>/dev/null || continue ;; *) continue ;; esac',
  '    case $PWD/ in "$top"/*) ;; *) PATH=${PATH:+$PATH:}$dir ;; esac',
  '  done',
  '  unset NODE_PATH',
  '  case ${NODE_OPTIONS-} in *-r* | *import* | *load* | *config*) unset NODE_OPTIONS ;; esac',
  '  cd "$top"',
  '  need_node() {',
  '    [ -n "$PATH" ] && command -v node >/dev/null ||',
  '      fail "there is no node on PATH outside of this repository" "Install Node.js, or start the git client from a terminal where node runs."',
  '  }',
  '  # What git tracks, in the index or in HEAD, may be the program of a branch: it is not run.',
  '  tracked() {',
  '    GIT_LITERAL_PATHSPECS=0 GIT_ICASE_PATHSPECS=1 \\',
  '      git -c core.fsmonitor=false -c core.quotePath=true ls-files -- "$@" &&',
  '      { git --no-replace-objects ls-tree --name-only HEAD "$@" 2>/dev/null || :; }',
  '  }',
  '  found=',
];

/** Node looks for packages in the `node_modules` of a folder and of every folder above it. */
function fromNodeModules(folder: string, command: string): string[] {
  const home = pathIn(folder, PACKAGE);
  const program = quote(`${home}/${PROGRAM}`);
  const folders = upwards(folder).map((parent) => pathIn(parent, 'node_modules'));
  const patterns = folders.map((modules) => `"$top"/${quote(modules)}/*`).join(' | ');
  return [
    `  if [ -f ${program} ] && cd -P "$top"/${quote(home)}; then`,
    '    need_node',
    `    case $PWD in ${patterns}) real= ;; "$top"/*) real=\${PWD#"$top"/} ;; *) real= ;; esac`,
    `    cd "$top" && found=$(tracked ${folders.map(quote).join(' ')} \${real:+"\${real%%/*}"}) ||`,
    '      fail "git does not say what it tracks" "Fix what git reports above."',
    `    [ -n "$found" ] || exec node ${program} ${command}`,
    '  fi',
  ];
}

function fromArchives(command: string): string[] {
  return [
    '  if [ -z "$found" ] && [ -f .pnp.cjs ]; then',
    '    need_node',
    `    found=$(tracked ${plugAndPlayFiles}) || fail "git does not say what it tracks" "Fix what git reports above."`,
    `    [ -n "$found" ] || exec ${plugAndPlayStart} ${command}`,
    '  fi',
  ];
}

/** Only an environment outside of the repository is not asked about. */
function fromEnvironment(environment: string, command: string): string[] {
  const home = quote(environment);
  const tracked = environment.startsWith('/') ? '${real:+"$real"}' : `${home} \${real:+"$real"}`;
  const question = `found=$(tracked ${tracked}) || fail "git does not say what it tracks" "Fix what git reports above."`;
  return [
    `  if [ -z "$found" ] && cd -P ${environment.startsWith('/') ? '' : '"$top"/'}${home} 2>/dev/null; then`,
    '    home=$PWD real=',
    '    case $PWD in "$top"/*) real=${PWD#"$top"/} ;; esac',
    '    cd "$top"',
    environment.startsWith('/') ? `    [ -z "$real" ] || ${question}` : `    ${question}`,
    `    [ -n "$found" ] || start_python "$home" ${command}`,
    '  fi',
  ];
}

/** What PATH finds outside of the repository may be a script of an environment's Python, too, which lists its folders. */
function fromPath(command: string): string[] {
  return [
    `  if file=$(command -v ${TOOL}); then`,
    '    case $file in /*)',
    `      cd -P "\${file%/*}/.." && home=$PWD && cd "$top" && start_python "$home" ${command} ;;`,
    '    esac',
    `    exec ${TOOL} ${command}`,
    '  fi',
  ];
}

/** A word that a shell takes as it is (POSIX, 2.2.2 and 2.2.3). */
function quote(word: string): string {
  return /^[\w./@+-]+$/.test(word) ? word : `"${word.replaceAll(/["$\\`]/g, String.raw`\$&`)}"`;
}
