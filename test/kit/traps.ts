import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { calls } from '../../src/git/calls.ts';
import { run, type Scratch } from './scratch.ts';
import { shop } from './shop.ts';

/* Programs that git starts because a repository names them: each leaves a mark where it runs. */

/** One kind of program, as a row of the table in SECURITY.md. */
export interface Trap {
  readonly program: string;
  /** Where a repository names it. */
  readonly named: string;
  /** Why none of our calls starts it. */
  readonly prevented: string;
  /** By the name of each mark, the command line of git that does leave it; null where this git has no such thing. */
  readonly controls: Readonly<Record<string, readonly string[] | null>>;
}

/** git has hooks in its config since 2.54 (https://git-scm.com/docs/git-hook). */
const hasConfigHooks = versionOf(spawnSync('git', ['version'], { encoding: 'utf8' }).stdout) >= 2.54;

function versionOf(text: string): number {
  return Number(/\d+\.\d+/.exec(text)?.[0] ?? 0);
}

export const traps: readonly Trap[] = [
  {
    program: 'clean filter',
    named: '`filter.NAME.clean`, `filter.NAME.process` and `.gitattributes`',
    prevented:
      'these settings are emptied for each call that reaches contents of the work tree; a file that attributes send through a filter is edited and not staged',
    controls: { clean: ['hash-object', 'shop/old.py'], process: ['hash-object', 'web/app.ts'] },
  },
  {
    program: 'smudge filter',
    named: '`filter.NAME.smudge` and `.gitattributes`',
    prevented: 'no call writes files of the work tree',
    controls: { smudge: ['cat-file', '--filters', 'HEAD:shop/old.py'] },
  },
  {
    program: 'text conversion',
    named: '`diff.NAME.textconv` and `.gitattributes`',
    prevented: '`--no-textconv`, and the raw format, which shows no contents',
    controls: { textconv: ['cat-file', '--textconv', 'HEAD:shop/old.py'] },
  },
  {
    program: 'external diff',
    named: '`diff.external`, `diff.NAME.command` and `.gitattributes`',
    prevented: '`--no-ext-diff`, and the raw format',
    controls: {
      'diff-external': ['diff', '--ext-diff', 'HEAD', '--', 'README.md'],
      'diff-command': ['diff', '--ext-diff', 'HEAD', '--', 'shop/old.py'],
    },
  },
  {
    program: 'program of a submodule',
    named: 'the config of the submodule itself',
    prevented: '`--ignore-submodules=dirty`: no git is started in a submodule, whatever `.gitmodules` says',
    controls: { submodule: ['status', '--porcelain'] },
  },
  {
    program: 'update command of a submodule',
    named: '`submodule.NAME.update`',
    prevented: 'no call updates submodules, and `submodule.recurse=false`',
    controls: { update: ['submodule', 'update', '--force'] },
  },
  {
    program: 'file system monitor',
    named: '`core.fsmonitor`',
    prevented: '`core.fsmonitor=false`',
    controls: { fsmonitor: ['status', '--porcelain'] },
  },
  {
    program: 'hook',
    named: '`.git/hooks`, `core.hooksPath`',
    prevented: '`core.hooksPath=/dev/null`',
    controls: { hook: ['add', 'README.md'] },
  },
  {
    program: 'hook of the config',
    named: '`hook.NAME.command` and `hook.NAME.event`, since git 2.54',
    prevented: '`hook.NAME.event` is emptied for each call that writes the index',
    controls: { 'config-hook': hasConfigHooks ? ['add', 'README.md'] : null },
  },
  {
    program: 'alias',
    named: '`alias.COMMAND`',
    prevented: 'every subcommand is one of git’s own, which aliases never take the place of',
    controls: { alias: ['trapped'] },
  },
  {
    program: 'pager',
    named: '`core.pager`, `pager.COMMAND`',
    prevented: '`--no-pager`, and the output is a pipe',
    controls: { pager: ['TERMINAL', 'log', '-1'] },
  },
  {
    program: 'merge driver',
    named: '`merge.NAME.driver` and `.gitattributes`',
    prevented: 'no call merges',
    controls: { merge: ['merge-tree', '--write-tree', 'main', 'side'] },
  },
  {
    program: 'transport, for an object that a partial clone lacks',
    named:
      '`remote.NAME.url` (`ext::…`), `remote.NAME.uploadpack`, `core.sshCommand`, `core.gitProxy`, `credential.helper`, `core.askPass`',
    prevented: '`GIT_NO_LAZY_FETCH=1`; for git before 2.44 `GIT_ALLOW_PROTOCOL`, which allows none',
    controls: {
      ext: ['ls-remote', 'origin'],
      uploadpack: ['ls-remote', 'packs'],
      ssh: ['ls-remote', 'ssh://shop.example/shop'],
      proxy: ['ls-remote', 'git://shop.example/shop'],
      credential: ['credential', 'fill'],
      askpass: ['credential', 'fill'],
    },
  },
  {
    program: 'editor',
    named: '`core.editor`, `sequence.editor`',
    prevented: 'no call writes a message',
    controls: {
      editor: ['commit', '--allow-empty', '--no-verify'],
      sequence: ['rebase', '--interactive', '--autostash', 'HEAD~1'],
    },
  },
  {
    program: 'signing program',
    named: '`gpg.program`, `commit.gpgSign`, `log.showSignature`',
    prevented: 'no call signs or shows a signature',
    controls: { gpg: ['commit', '--gpg-sign', '--allow-empty', '--no-verify', '--message', 'signed'] },
  },
  {
    program: 'command that lists refs of an alternate',
    named: '`core.alternateRefsCommand`',
    prevented: 'no call asks for them',
    controls: { alternate: ['rev-list', '--alternate-refs'] },
  },
];

/** A shop in which git would start each of these programs, with staged and unstaged changes of every kind. */
export class TrappedShop {
  readonly scratch: Scratch;
  readonly #marks: string;
  readonly #programs: string;

  private constructor(scratch: Scratch) {
    this.scratch = scratch;
    this.#marks = path.join(scratch.home, 'marks');
    this.#programs = path.join(scratch.home, 'programs');
    mkdirSync(this.#marks);
    mkdirSync(this.#programs);
  }

  static async open(files: Readonly<Record<string, string>> = {}): Promise<TrappedShop> {
    const scratch = await shop({
      'README.md': '# Shop\n',
      'shop/old.py': 'import os\n',
      'shop/merged.py': 'import os\n',
      ...files,
    });
    const trapped = new TrappedShop(scratch);
    await trapped.#addBranches();
    await trapped.#addSubmodule();
    scratch.write({ '.gitattributes': '*.py filter=trap diff=trap merge=trap\n*.ts filter=served\n' });
    scratch.write({ 'shop/gone.py': 'import os\n'.repeat(9), 'README.md': '# The shop\n' });
    await scratch.commitAll('attributes');
    await trapped.#change();
    trapped.#setTraps();
    return trapped;
  }

  /** @returns The names of the programs that ran since this was last asked. */
  marks(): string[] {
    const names = readdirSync(this.#marks).sort();
    for (const name of names) rmSync(path.join(this.#marks, name));
    return names;
  }

  /** Runs the command of git that starts a program. @returns Whether the program left its mark. */
  async springs(name: string, args: readonly string[]): Promise<boolean> {
    this.marks();
    const { root: cwd, env } = this.scratch;
    const [first, ...rest] = args;
    // The filter that speaks a protocol would end every git that meets it.
    const others = name === 'process' ? [] : ['-c', 'filter.served.process='];
    const [program, words] =
      first === 'TERMINAL'
        ? (['script', ['--quiet', '--command', `git ${rest.join(' ')}`, '/dev/null']] as const)
        : (['git', [...others, ...args]] as const);
    const stdin = 'protocol=https\nhost=shop.example\n\n';
    const ended = await run(program, words, { cwd, env: { ...env, TERM: 'xterm' }, stdin }).then(
      () => true,
      // git is ended by a signal where a transport that it writes to has gone.
      (error: unknown) => error instanceof Error,
    );
    return ended && this.marks().includes(name);
  }

  dispose(): void {
    this.scratch.dispose();
  }

  /** Two branches that change the same line. */
  async #addBranches(): Promise<void> {
    const { scratch } = this;
    await scratch.git('switch', '--quiet', '--create', 'side');
    scratch.write({ 'shop/merged.py': 'import re\n' });
    await scratch.commitAll('side');
    await scratch.git('switch', '--quiet', 'main');
    scratch.write({ 'shop/merged.py': 'import io\n' });
  }

  async #addSubmodule(): Promise<void> {
    const { scratch } = this;
    scratch.write({ 'sub/a.txt': 'hello\n', 'sub/.gitattributes': '*.txt filter=sub\n' });
    await scratch.git('-C', 'sub', 'init', '--quiet');
    await scratch.git('-C', 'sub', 'add', '--all');
    await scratch.git('-C', 'sub', 'commit', '--quiet', '--message', 'sub');
    scratch.write({ '.gitmodules': '[submodule "sub"]\n\tpath = sub\n\turl = ./sub\n\tignore = none\n' });
  }

  /** Something is staged, renamed, and changed without being staged; all of it with dates that git can't rely on. */
  async #change(): Promise<void> {
    const { scratch } = this;
    scratch.write({ 'shop/new.py': 'import yaml, evil\n', 'web/new.ts': "import x from 'evil';\n" });
    await scratch.git('mv', 'shop/gone.py', 'shop/moved.py');
    const later = new Date(Date.now() + 3_600_000);
    for (const name of [
      'shop/app.py',
      'shop/moved.py',
      'shop/new.py',
      'web/app.ts',
      'web/new.ts',
      'sub/a.txt',
    ])
      utimesSync(path.join(scratch.root, name), later, later);
    await scratch.git('add', '--all');
    scratch.write({ 'shop/old.py': 'import sys\n', 'sub/a.txt': 'hellO\n', 'README.md': '# A shop\n' });
    utimesSync(path.join(scratch.root, 'sub/a.txt'), later, later);
  }

  #setTraps(): void {
    const { scratch } = this;
    const trap = (name: string, more = '') => this.#program(name, more);
    const git = path.join(scratch.root, '.git');
    const hooks = path.join(scratch.root, '.githooks');
    mkdirSync(hooks);
    scratch.write({ '.git/info/exclude': '.githooks\n' });
    for (const folder of [hooks, path.join(git, 'hooks')])
      for (const hook of [
        'post-index-change',
        'pre-commit',
        'post-checkout',
        'reference-transaction',
        'pre-auto-gc',
      ])
        this.#writeScript(path.join(folder, hook), 'hook');
    const subcommands = [...new Set(Object.values(calls).map(({ words: [subcommand] }) => subcommand))];
    const settings = [
      '[core]',
      `fsmonitor = ${trap('fsmonitor')}`,
      'hooksPath = .githooks',
      `pager = ${trap('pager')}`,
      `editor = ${trap('editor')}`,
      `sshCommand = ${trap('ssh')}`,
      `askPass = ${trap('askpass')}`,
      `gitProxy = ${trap('proxy')}`,
      `alternateRefsCommand = ${trap('alternate')}`,
      '[filter "trap"]',
      `clean = ${trap('clean', 'cat')}`,
      `smudge = ${trap('smudge', 'cat')}`,
      'required = true',
      '[filter "served"]',
      `process = ${trap('process')}`,
      '[diff]',
      `external = ${trap('diff-external')}`,
      '[diff "trap"]',
      `textconv = ${trap('textconv', 'cat "$1"')}`,
      `command = ${trap('diff-command')}`,
      '[merge "trap"]',
      `driver = ${trap('merge')}`,
      '[submodule "sub"]',
      'active = true',
      'url = ./sub',
      `update = !${trap('update')}`,
      '[hook "trap"]',
      `command = ${trap('config-hook')}`,
      'event = post-index-change',
      '[sequence]',
      `editor = ${trap('sequence')}`,
      '[gpg]',
      `program = ${trap('gpg')}`,
      '[log]',
      'showSignature = true',
      '[credential]',
      `helper = ${trap('credential')}`,
      '[remote "origin"]',
      `url = ext::${trap('ext')}`,
      'promisor = true',
      'partialCloneFilter = blob:none',
      '[remote "packs"]',
      `url = file://${scratch.root}`,
      `uploadpack = ${trap('uploadpack')}`,
      '[protocol "ext"]',
      'allow = always',
      '[alias]',
      ...['trapped', ...subcommands].map((name) => `${name} = !${trap('alias')}`),
      '[pager]',
      ...subcommands.map((name) => `${name} = ${trap('pager')}`),
    ];
    appendFileSync(path.join(git, 'config'), `${settings.join('\n')}\n`);
    const sub = path.join(scratch.root, 'sub/.git');
    appendFileSync(path.join(sub, 'config'), `[filter "sub"]\nclean = ${trap('submodule', 'cat')}\n`);
    scratch.write({ '.git/objects/info/alternates': `${path.join(sub, 'objects')}\n` });
  }

  #program(name: string, more: string): string {
    return this.#writeScript(path.join(this.#programs, name), name, more);
  }

  #writeScript(file: string, mark: string, more = ''): string {
    writeFileSync(file, `#!/bin/sh\n: >>'${path.join(this.#marks, mark)}'\n${more}\n`);
    chmodSync(file, 0o755);
    return file;
  }
}
