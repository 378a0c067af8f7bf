/** A program that starts the command which its arguments are. */
export interface Wrapper {
  /** Short options that take a value, a letter each. */
  readonly short?: string;
  /** Long options that take a value from the next word, without their dashes. */
  readonly long?: readonly string[];
  /** Words that say to start something: other words do something else. */
  readonly verbs?: readonly string[];
  /** How many words stand before the command: a duration, a user. */
  readonly operands?: number;
  /** Options with which it only tells of the command. */
  readonly asks?: RegExp;
  /** Options whose value is a text that a shell reads. */
  readonly texts?: readonly string[];
  /** Options whose value is a text of further arguments, before those that follow. */
  readonly splits?: readonly string[];
  /** Options whose value is the name of a variable that the command does not get. */
  readonly unsets?: readonly string[];
  /** Options with which the command gets no variable but those that are set here. */
  readonly clears?: RegExp;
  /** It adds words from its input. */
  readonly adds?: true;
  /** The command stands behind `--`, where there is one. */
  readonly isParted?: true;
  /** Words with blanks are texts that a shell reads. */
  readonly readsWords?: true;
}

const PLAIN: Wrapper = {};

/**
 * By the name of the program. Options are those of the manuals of GNU coreutils, util-linux, findutils, sudo and of each
 * program, read on 2026-11-30.
 */
export const wrappers: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  // Keywords, where a text is split without its grammar.
  ...['if', 'then', 'elif', 'else', 'do', 'while', 'until', '!', '{', 'coproc'].map(plain),
  ...['nohup', 'builtin', 'eatmydata', 'setsid', 'unbuffer', 'chronic', 'fakeroot', 'dumb-init'].map(plain),
  ...['winpty', 'faketime', 'cross-env', 'cross-env-shell', 'noglob', 'nocorrect', 'call'].map(plain),
  [
    'sudo',
    {
      short: 'ugCDprtTUhR',
      long: [
        'user',
        'group',
        'close-from',
        'chdir',
        'prompt',
        'role',
        'type',
        'host',
        'chroot',
        'other-user',
      ],
    },
  ],
  ['doas', { short: 'uCa' }],
  [
    'env',
    {
      short: 'uCS',
      long: ['unset', 'chdir', 'split-string'],
      splits: ['-S', '--split-string'],
      unsets: ['-u', '--unset'],
      clears: /^-(?:[0v]*i[0v]*)?$|^--ignore-environment$/,
    },
  ],
  ['nice', { short: 'n', long: ['adjustment'] }],
  ['ionice', { short: 'cnp', long: ['class', 'classdata'] }],
  ['chrt', { short: 'TPD', operands: 1 }],
  ['taskset', { operands: 1 }],
  ['time', { short: 'fo', long: ['format', 'output'] }],
  ['command', { asks: /^-[A-Za-z]*[vV]/ }],
  ['exec', { short: 'a', clears: /^-[la]*c/ }],
  ['timeout', { short: 'ks', long: ['kill-after', 'signal'], operands: 1 }],
  ['gtimeout', { short: 'ks', long: ['kill-after', 'signal'], operands: 1 }],
  ['stdbuf', { short: 'ioe', long: ['input', 'output', 'error'] }],
  ['retry', { short: 'tdsmn', long: ['times', 'delay', 'sleep', 'max', 'min', 'tries', 'until'] }],
  ['caffeinate', { short: 'tw' }],
  ['arch', PLAIN],
  ['strace', { short: 'aeEIoOpPsSuUX' }],
  ['tini', { short: 'pe' }],
  ['gosu', { operands: 1 }],
  ['su-exec', { operands: 1 }],
  ['chroot', { long: ['userspec', 'groups'], operands: 1 }],
  [
    'flock',
    {
      short: 'wEc',
      long: ['wait', 'timeout', 'conflict-exit-code', 'command'],
      operands: 1,
      texts: ['-c', '--command'],
    },
  ],
  [
    'su',
    {
      short: 'cgGsTw',
      long: ['command', 'group', 'supp-group', 'shell'],
      // What stands behind the user is for the shell.
      operands: Infinity,
      texts: ['-c', '--command'],
    },
  ],
  ['runuser', { short: 'cugGsTw', long: ['command', 'user', 'group', 'shell'], texts: ['-c', '--command'] }],
  [
    'xargs',
    {
      short: 'nIPLdsaE',
      long: ['max-args', 'max-procs', 'max-lines', 'delimiter', 'max-chars', 'arg-file'],
      adds: true,
    },
  ],
  ['parallel', { short: 'jIadN', long: ['jobs', 'arg-file', 'delimiter', 'colsep'], adds: true }],
  ...['pyenv', 'asdf', 'rbenv', 'nodenv'].map((name): [string, Wrapper] => [name, { verbs: ['exec'] }]),
  ['mise', { short: 'Cj', long: ['cd', 'env', 'jobs'], verbs: ['exec', 'x'], isParted: true }],
  ['nvm', { verbs: ['exec'], operands: 1 }],
  ['rustup', { verbs: ['run'], operands: 1 }],
  ['fnm', { long: ['using', 'using-file'], verbs: ['exec'], isParted: true }],
  ['dotenv', { short: 'ev' }],
  ['wsl', { short: 'du', long: ['distribution', 'user', 'cd', 'shell-type'] }],
  ['setpriv', { long: ['reuid', 'regid', 'groups', 'inh-caps', 'ambient-caps', 'bounding-set'] }],
  ['unshare', { short: 'RwSG', long: ['root', 'wd', 'setuid', 'setgid', 'map-user', 'map-group'] }],
  ['xvfb-run', { short: 'nsefpw', long: ['server-num', 'server-args', 'error-file', 'auth-file', 'wait'] }],
  [
    'systemd-run',
    { short: 'pHMEut', long: ['unit', 'property', 'description', 'slice', 'uid', 'gid', 'setenv'] },
  ],
  ['proot', { short: 'rbwqRSk', long: ['rootfs', 'bind', 'cwd'] }],
  ['script', { short: 'cEIOBTmo', long: ['command'], operands: Infinity, texts: ['-c', '--command'] }],
  ['nix-shell', { short: 'I', long: ['run', 'command'], operands: Infinity, texts: ['--run', '--command'] }],
  ['watch', { short: 'n', long: ['interval'], readsWords: true }],
  ...['concurrently', 'conc', 'start-server-and-test', 'trap', 'iex', 'Invoke-Expression'].map(
    (name): [string, Wrapper] => [
      name,
      { short: 'ncp', long: ['names', 'prefix', 'prefix-colors'], readsWords: true },
    ],
  ),
  ['direnv', { verbs: ['exec'], operands: 1 }],
  ['doppler', { short: 'pc', long: ['project', 'config', 'token'], verbs: ['run'], texts: ['--command'] }],
  ['op', { long: ['env-file', 'account'], verbs: ['run'] }],
  ['infisical', { long: ['env', 'path', 'projectId', 'token'], verbs: ['run'], texts: ['--command'] }],
  ['volta', { long: 'node npm yarn pnpm'.split(' '), verbs: ['run'] }],
]);

function plain(name: string): [string, Wrapper] {
  return [name, PLAIN];
}

/** Programs that read a text of commands: the one behind `-c`, or what is fed to them. */
export const SHELLS = /^(?:(?:ba|z|da|k|mk|a)?sh|busybox)$/;

/** Those whose commands are read line by line. */
export const LINE_SHELLS = /^(?:powershell|pwsh|cmd)$/i;

/** Commands that set variables for what follows. */
export const EXPORTS = /^(?:export|declare|typeset|readonly|local|set_env)$/;
