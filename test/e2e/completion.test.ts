import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../kit/find-program.ts';
import { observe } from '../kit/observe.ts';
import { bin, run, Scratch } from '../kit/scratch.ts';
import { hasTmux, Terminal } from '../kit/terminal.ts';

/*
 * Shells complete by the scripts that `completion --help` says how to install: its lines are run as they are printed, and
 * then a person types, and presses Tab (▸). Once a script is installed, Tab starts nothing of the tool.
 */

interface Shell {
  readonly shell: string;
  /** The file of a person's settings, and what it says before the script is installed. */
  readonly settings: readonly [file: string, text: string];
  /** Does it say what an option is for? */
  readonly describes: boolean;
  /** What it puts behind an option that takes a value, and takes back where a space follows. */
  readonly sign?: string;
  /** A file without which it can't be shown. */
  readonly needs: string | null;
}

const bashCompletion = '/usr/share/bash-completion/bash_completion';
const shells: readonly Shell[] = [
  {
    shell: 'bash',
    settings: ['.bashrc', `. ${bashCompletion}\nPS1='$ '\n`],
    describes: false,
    needs: bashCompletion,
  },
  { shell: 'zsh', settings: ['.zshrc', "PS1='$ '\n"], describes: true, sign: '=', needs: null },
  {
    shell: 'fish',
    settings: [
      '.config/fish/config.fish',
      "function fish_prompt; echo -n '$ '; end\nset -g fish_autosuggestion_enabled 0\n",
    ],
    describes: true,
    needs: null,
  },
];

/** The words that a person types, up to where Tab is pressed, and what the line is then; `…` is a shell’s sign. */
const completed: readonly (readonly [typed: string, line: string])[] = [
  ['check-imports app', 'check-imports approve'],
  ['tools/vetted-imports app', 'tools/vetted-imports approve'],
  ['vetted-imports comp', 'vetted-imports completion'],
  ['vetted-imports completion z', 'vetted-imports completion zsh'],
  ['vetted-imports hook pre-c', 'vetted-imports hook pre-commit'],
  ['vetted-imports --sta', 'vetted-imports --staged'],
  ['vetted-imports --max', 'vetted-imports --max-warnings…'],
  ['check-imports check --format sa', 'check-imports check --format sarif'],
  ['vetted-imports --format=mark', 'vetted-imports --format=markdown'],
  ['vetted-imports list --format ta', 'vetted-imports list --format table'],
  ['vetted-imports explain --ecosystem py', 'vetted-imports explain --ecosystem pypi'],
  ['vetted-imports list --config conf', 'vetted-imports list --config config.yaml'],
  ['vetted-imports list --config=conf', 'vetted-imports list --config=config.yaml'],
  ['vetted-imports --cwd sho', 'vetted-imports --cwd shop/'],
  ['vetted-imports --cwd shop app', 'vetted-imports --cwd shop approve'],
  ['vetted-imports approve --cwd sho', 'vetted-imports approve --cwd shop/'],
  ['vetted-imports shop/pri', 'vetted-imports shop/prices.py'],
  ['vetted-imports list shop/pri', 'vetted-imports list shop/prices.py'],
  ['vetted-imports shop rev', 'vetted-imports shop revenue.py'],
  ['vetted-imports list rev', 'vetted-imports list revenue.py'],
  ['vetted-imports approve npm:undici --rea', 'vetted-imports approve npm:undici --reason…'],
];

/** What nothing follows from: no command, no option of the command, no file where none is taken. */
const silent = [
  'vetted-imports approve rev',
  'vetted-imports prune --off',
  'vetted-imports init --form',
  'vetted-imports version conf',
];

/** @returns What a machine lacks to show a shell; null where it lacks nothing. */
function lacking({ shell, needs }: Shell): string | null {
  if (!hasTmux) return 'tmux';
  if (findProgram(shell) === null) return shell;
  return needs === null || existsSync(needs) ? null : needs;
}

const rows = shells.map((row) => ({ ...row, lacks: lacking(row) }));

test.for(rows)('$shell is there', ({ shell, lacks }, { skip }) => {
  skip(lacks !== null, `${shell} completes nothing here, for want of ${lacks ?? ''}`);
});

describe.each(rows.filter(({ lacks }) => lacks === null))(
  '$shell',
  ({ shell, settings: [file, text], ...row }) => {
    let scratch: Scratch;
    let terminal: Terminal;

    beforeAll(async () => {
      scratch = await Scratch.with({
        'config.yaml': '',
        'revenue.py': '',
        'shop/prices.py': '',
        'tools/vetted-imports': '',
        'x$(touch named).py': '',
      });
      mkdirSync(path.dirname(path.join(scratch.home, file)), { recursive: true });
      // Where it is missing, fish reads the manual of everything in the background.
      mkdirSync(path.join(scratch.home, '.local/share/fish/generated_completions'), { recursive: true });
      scratch.writeHome({ [file]: text });
      scratch.env['PATH'] = `${path.join(scratch.home, 'bin')}:${scratch.env['PATH'] ?? ''}`;
      // A shell that is ended would write down what was typed while its home is removed.
      Object.assign(scratch.env, { HISTFILE: '/dev/null', fish_history: '' });
      installCommands(scratch, `exec '${process.execPath}' '${bin}' "$@"`);
      terminal = new Terminal(scratch);
      // A person waits for the first prompt; a line that comes before it shares it.
      terminal.run(`clear; exec ${shell} -i`);
      await terminal.endsWith('$');
      for (const line of await installationLines(scratch, shell)) terminal.run(line);
      terminal.run('echo installed');
      await terminal.shows('\ninstalled\n');
      installCommands(scratch, 'touch "$HOME/started"');
      terminal.run(`clear; exec ${shell} -i`);
      await terminal.endsWith('$');
    });

    afterAll(() => {
      terminal.close();
      scratch.dispose();
    });

    /** Takes back what stands there, and types a line until it is what it should be. */
    async function types(keys: () => void, line: string): Promise<void> {
      terminal.press('C-u');
      await terminal.endsWith('$');
      keys();
      await terminal.endsWith(`$ ${line}`);
    }

    test.each(completed)('%s▸ %s', async (typed, line) => {
      const keys = () => {
        terminal.type(typed);
        terminal.press('Tab');
      };
      await types(keys, line.replace('…', row.sign ?? ''));
    });

    test.each(silent)('%s▸', async (typed) => {
      const keys = () => {
        terminal.type(typed);
        terminal.press('Tab');
        terminal.type('.');
      };
      await types(keys, `${typed}.`);
    });

    test('lists what there is, with what it is for', async () => {
      const typed = 'vetted-imports approve --re';
      await types(() => {
        terminal.type(typed);
      }, typed);
      terminal.press('Tab');
      terminal.press('Tab');
      await terminal.shows('--record-imports');
      const screen = await terminal.shows('--reason');
      expect(screen.includes('why, in one line')).toBe(row.describes);
      // A list stays on the screen of zsh.
      terminal.press('C-c');
      terminal.run('clear');
      await terminal.endsWith('$');
    });

    test('started nothing of the tool', () => {
      expect(scratch.hasAtHome('started')).toBe(false);
    });

    /* Whoever writes a repository writes the names of its files. */
    test('takes no name of a file, and no word, for a command', async () => {
      await types(() => {
        terminal.type('vetted-imports "$(touch typed)" pri');
        terminal.press('Tab');
      }, 'vetted-imports "$(touch typed)" pri');
      terminal.press('C-u');
      terminal.type('vetted-imports x');
      terminal.press('Tab');
      await terminal.shows('named');
      expect([scratch.has('typed'), scratch.has('named')]).toEqual([false, false]);
      terminal.press('Enter');
      terminal.run('echo over');
      await terminal.shows('\nover\n');
      expect([scratch.hasAtHome('started'), scratch.has('named')]).toEqual([true, false]);
    });
  },
);

/** What is offered is written into the line by whoever goes through it by keys (`menu-complete`). */
test.skipIf(findProgram('bash') === null)('bash quotes names of files beside those of commands', async () => {
  const scratch = await Scratch.with({ 'prune$(touch quoted).py': '', 'prune.py': '' });
  installCommands(scratch, `exec '${process.execPath}' '${bin}' "$@"`);
  const script =
    'source <(vetted-imports completion bash); COMP_WORDS=(vetted-imports prun); COMP_CWORD=1; ' +
    'eval "$(complete -p vetted-imports | sed "s/.*-F \\([^ ]*\\).*/\\1/")"; printf "%s\\n" "${COMPREPLY[@]}"';
  const PATH = `${path.join(scratch.home, 'bin')}:${scratch.env['PATH'] ?? ''}`;
  const { stdout } = await run('bash', ['-c', script], { cwd: scratch.root, env: { ...scratch.env, PATH } });
  scratch.dispose();
  expect(stdout.trim().split('\n').toSorted()).toEqual([
    'prune',
    'prune.py',
    String.raw`prune\$\(touch\ quoted\).py`,
  ]);
});

const sourced = [
  { shell: 'bash', start: 'bash --norc', line: 'source <(vetted-imports completion bash)' },
  {
    shell: 'zsh',
    start: 'zsh --no-rcs',
    line: 'autoload -Uz compinit; compinit -D -u; source <(vetted-imports completion zsh)',
  },
  {
    shell: 'fish',
    start: 'fish --no-config',
    line: "function fish_prompt; echo -n '$ '; end; vetted-imports completion fish | source",
  },
];

test.for(sourced)('$shell completes what it has sourced, too', async ({ shell, start, line }, { skip }) => {
  skip(!hasTmux || findProgram(shell) === null, `there is no tmux, or no ${shell}`);
  using scratch = await Scratch.with({});
  mkdirSync(path.join(scratch.home, '.local/share/fish/generated_completions'), { recursive: true });
  scratch.env['PATH'] = `${path.join(scratch.home, 'bin')}:${scratch.env['PATH'] ?? ''}`;
  Object.assign(scratch.env, { HISTFILE: '/dev/null', fish_history: '' });
  installCommands(scratch, `exec '${process.execPath}' '${bin}' "$@"`);
  const terminal = new Terminal(scratch);
  try {
    terminal.run(`exec ${start}`);
    terminal.run(line);
    terminal.run('echo sourced');
    await terminal.shows('\nsourced\n');
    terminal.type('check-imports app');
    terminal.press('Tab');
    await terminal.shows('check-imports approve');
  } finally {
    terminal.close();
  }
});

/** Puts both commands on PATH. */
function installCommands(scratch: Scratch, line: string): void {
  mkdirSync(path.join(scratch.home, 'bin'), { recursive: true });
  for (const name of ['vetted-imports', 'check-imports']) {
    const program = path.join(scratch.home, 'bin', name);
    writeFileSync(program, `#!/bin/sh\n${line}\n`);
    chmodSync(program, 0o755);
  }
}

/** @returns The lines that the help prints for a shell. */
async function installationLines(scratch: Scratch, shell: string): Promise<readonly string[]> {
  const { stdout } = await scratch.check('completion', '--help');
  const [, lines] = new RegExp(`^  ${shell}.*:\n((?:    .*\n)+)`, 'm').exec(stdout) ?? [];
  if (lines === undefined) throw new Error(`no lines for ${shell}:\n${stdout}`);
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => line.trim());
}

test('the example of the help of lsp starts a server, which ends with the connection', async () => {
  using scratch = await Scratch.with({});
  const { stdout } = await scratch.check('lsp', '--help');
  const [, words = ''] = /^ {2}vetted-imports (lsp.*?) {2}/m.exec(stdout) ?? [];
  expect(words).toBe('lsp --stdio');
  // 1: no client took leave; a wrong word would be 2.
  expect(await scratch.checkWith({ stdin: '' }, ...words.split(' '))).toEqual({
    code: 1,
    stdout: '',
    stderr: '',
  });
});

test.each([
  ['--help', false],
  ['completion bash', true],
])('%s loads what writes a script: %s', async (line, expected) => {
  using scratch = await Scratch.with({});
  const { code, loaded, git } = await observe(scratch, ...line.split(' '));
  expect([code, loaded.includes('cli-commands-completion'), git]).toEqual([0, expected, []]);
});
