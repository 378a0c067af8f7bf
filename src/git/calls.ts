/**
 * Every call of git that there is. git reads a repository's config and attributes, which name programs: nothing
 * here may start one of them. Which program could be started, and what keeps it from it, stands in SECURITY.md.
 */

/** What a call comes near to, and so what has to be switched off for it. */
type Reach =
  /** Names, objects and the index: no file of the work tree is opened, nothing is written. */
  | 'objects'
  /**
   * Contents of the work tree, which git passes through filters, also where it only wants to know whether a file
   * with a fresh date is the one of the index; and whatever writes the index, after which git calls a hook.
   */
  | 'contents'
  /** The setting that names the folder of hooks: it is not overridden, because it is asked for. */
  | 'hooks';

interface Call {
  readonly words: readonly [subcommand: string, ...string[]];
  readonly reach: Reach;
}

/**
 * The raw diff format (https://git-scm.com/docs/diff-format). The rename limit is explicit: the user's
 * `diff.renameLimit` reaches plumbing too and would make the verdict depend on the machine. What a submodule has in
 * its own work tree is not asked, because git would start a `git status` there, with the submodule's own config.
 */
const rawDiff = [
  '--raw',
  '-z',
  '--no-abbrev',
  '-r',
  '-M',
  '-l3000',
  '--no-ext-diff',
  '--no-textconv',
  '--ignore-submodules=dirty',
] as const;

/** Each call with the options that it always has. Revisions and paths come behind them. */
export const calls = {
  attribute: { words: ['check-attr', '-z'], reach: 'objects' },
  author: { words: ['var', 'GIT_AUTHOR_IDENT'], reach: 'objects' },
  blobId: { words: ['hash-object', '--stdin'], reach: 'contents' },
  commonFolder: { words: ['rev-parse', '--git-common-dir'], reach: 'objects' },
  emptyTree: { words: ['hash-object', '-t', 'tree', '--stdin'], reach: 'objects' },
  head: { words: ['cat-file', 'commit', 'HEAD'], reach: 'objects' },
  hooksFolder: { words: ['rev-parse', '--git-path', 'hooks'], reach: 'hooks' },
  ignored: {
    words: ['ls-files', '-z', '-o', '-i', '--exclude-standard', '--directory'],
    reach: 'objects',
  },
  isShallow: { words: ['rev-parse', '--is-shallow-repository'], reach: 'objects' },
  changers: {
    words: ['rev-list', '--full-history', '--format=%x00%H %P%n%an <%ae>%n%cn <%ce>%n%B', '--end-of-options'],
    reach: 'objects',
  },
  differs: {
    words: ['diff-index', '--cached', '--quiet', '--no-ext-diff', '--ita-invisible-in-index'],
    reach: 'objects',
  },
  lastChange: { words: ['rev-list', '-1', '--format=%an <%ae>', '--end-of-options'], reach: 'objects' },
  listed: { words: ['ls-files', '-z', '-c', '-o', '--exclude-standard'], reach: 'objects' },
  mergeBase: { words: ['merge-base'], reach: 'objects' },
  mergeBases: { words: ['merge-base', '--all'], reach: 'objects' },
  merges: {
    words: ['rev-list', '--full-history', '--merges', '--format=%P', '--end-of-options'],
    reach: 'objects',
  },
  objectId: { words: ['rev-parse', '--verify', '--quiet', '--end-of-options'], reach: 'objects' },
  objects: { words: ['cat-file', '--batch'], reach: 'objects' },
  refs: {
    words: ['for-each-ref', '--format=%(refname)%09%(objectname)%09%(objecttype)%09%(symref)', '--'],
    reach: 'objects',
  },
  refName: {
    words: ['rev-parse', '--symbolic-full-name', '--verify', '--quiet', '--end-of-options'],
    reach: 'objects',
  },
  search: {
    words: [
      'grep',
      '-l',
      '-z',
      '-a',
      '-w',
      '-F',
      '--full-name',
      '--no-color',
      '--no-textconv',
      '--no-recurse-submodules',
    ],
    reach: 'objects',
  },
  setting: { words: ['config', '--get'], reach: 'hooks' },
  settingNames: { words: ['config', '-z', '--name-only', '--get-regexp'], reach: 'objects' },
  stage: { words: ['add', '--'], reach: 'contents' },
  stagedChanges: {
    words: ['diff-index', '--cached', ...rawDiff, '--ita-invisible-in-index'],
    reach: 'objects',
  },
  tracked: { words: ['ls-files', '-z', '-s'], reach: 'objects' },
  treeChanges: { words: ['diff-tree', ...rawDiff], reach: 'objects' },
  untracked: { words: ['ls-files', '-z', '-o', '--exclude-standard'], reach: 'objects' },
  workTreeChanges: { words: ['diff-index', ...rawDiff], reach: 'contents' },
} as const satisfies Readonly<Record<string, Call>>;

export type CallName = keyof typeof calls;

/** One call with what comes behind its own words. */
export type Request = readonly [name: CallName, ...operands: string[]];

/** Settings that a repository's config must not override (https://git-scm.com/docs/git-config). */
const settings = ['core.fsmonitor=false', 'core.untrackedCache=false', 'submodule.recurse=false'];

const withoutHooks = ['core.hooksPath=/dev/null'];

/**
 * @param emptied Settings whose values are taken away, for calls that reach contents.
 * @returns The words behind `git`. What stands here beats the config, and variables that hold config.
 */
export function commandLine([name, ...operands]: Request, emptied: readonly string[]): string[] {
  const { words, reach } = calls[name];
  const values = [
    ...settings,
    ...(reach === 'hooks' ? [] : withoutHooks),
    ...emptied.map((key) => `${key}=`),
  ];
  return ['--no-pager', ...values.flatMap((value) => ['-c', value]), ...words, ...operands];
}

/** What would show another repository than the committed one, start a program, or make paths into patterns. */
const dropped: readonly string[] = [
  'GIT_CONFIG',
  'GIT_EXTERNAL_DIFF',
  'GIT_GLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
];

/**
 * @param variables The environment of this process: a hook's variables, which say which index and repository are
 *   meant, stay.
 * @returns The environment for git (https://git-scm.com/docs/git#_environment_variables).
 */
export function environment(
  variables: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return {
    ...Object.fromEntries(Object.entries(variables).filter(([name]) => !dropped.includes(name))),
    // Objects as they are committed: neither refs/replace nor .git/info/grafts, for which stands a file that can't be,
    // puts others in their place.
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null/none',
    // A partial clone lacks what it lacks. git before 2.44 ignores this; its fetch then finds every transport forbidden
    // but `/`, of which there can be none: no program is called `git-remote-/`.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: '/',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
  };
}
