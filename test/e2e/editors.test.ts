import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { bin, projectRoot, run, Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';

/*
 * Real editors, configured as docs/editors.md says: each opens a file, sees the diagnostic after the save, takes code
 * actions, edits and commands, and no question that the server asks is without an answer. An editor that is not installed is skipped: `apt-get install neovim` (0.7 and
 * later), `apt-get install emacs-nox elpa-eglot`.
 */

const editors = [
  {
    name: 'Neovim',
    version: outputOf('nvim', ['--version']),
    language: 'lua',
    command: (script: string) => ['nvim', '--headless', '--clean', '-c', `luafile ${script}`],
    script: 'neovim.lua',
    program: 'main.ts',
  },
  {
    name: 'Eglot',
    version: outputOf('emacs', ['--batch', '--eval', "(progn (require 'eglot) (princ emacs-version))"]),
    language: 'elisp',
    command: (script: string) => ['emacs', '--batch', '--no-init-file', '--load', script],
    script: 'eglot.el',
    // Emacs has a mode for TypeScript since 29.
    program: 'main.js',
  },
];

/** @returns The first line; null where the program is not installed, or lacks what it is asked for. */
function outputOf(program: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? (stdout.split('\n')[0] ?? null) : null;
}

/** @returns The configuration that the documentation gives for an editor: the first one below its heading. */
function documentedConfig({ name, language }: { readonly name: string; readonly language: string }): string {
  const page = readFileSync(path.join(projectRoot, 'docs/editors.md'), 'utf8');
  const section = page.slice(page.search(new RegExp(`^##+ .*\\b${name}$`, 'm')));
  const block = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(section)?.[1];
  if (block === undefined) throw new Error(`docs/editors.md has no configuration for ${name}`);
  return block;
}

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

describe.each(editors)('$name, version $version', (editor) => {
  async function edit(files: Readonly<Record<string, string>>, variables: Readonly<Record<string, string>>) {
    const scratch = await Scratch.with({ '.check-importsrc': 'lookup: off\n', ...files });
    open.push(scratch);
    const tools = path.join(scratch.home, 'bin');
    mkdirSync(tools);
    symlinkSync(bin, path.join(tools, 'vetted-imports'));
    const config = path.join(scratch.home, 'config');
    writeFileSync(config, documentedConfig(editor));
    const env = {
      ...scratch.env,
      PATH: `${tools}${path.delimiter}${scratch.env['PATH'] ?? ''}`,
      XDG_STATE_HOME: scratch.home,
      CONFIG: config,
      ...variables,
    };
    const [program = '', ...args] = editor.command(path.join(projectRoot, 'fixtures/editors', editor.script));
    const { code, stdout, stderr } = await run(program, args, { cwd: scratch.root, env });
    const said = stdout.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('milliseconds'));
    expect([code, said.at(-1)], stdout + stderr).toEqual([0, 'done']);
    return { scratch, said: said.slice(0, -1) };
  }

  test.skipIf(editor.version === null).each([
    {
      file: 'app.py',
      before: 'import os\n',
      line: 'import numpy_utils',
      action: 'Replace with numpy',
      diagnostic: 'diagnostic 2:8 unapproved-package/not-asked',
      after: 'import os\nimport numpy\n',
    },
    {
      file: editor.program,
      before: "import 'react';\n",
      line: "import chunk from 'lodahs';",
      action: 'Replace with lodash',
      diagnostic: 'diagnostic 2:20 unapproved-package/not-asked',
      after: "import 'react';\nimport chunk from 'lodash';\n",
    },
  ])('$file', async ({ file, before, line, action, diagnostic, after }) => {
    const { scratch, said } = await edit(
      {
        'requirements.txt': 'numpy\n',
        'package.json': '{ "dependencies": { "react": "^19.0.0", "lodash": "^4.17.21" } }\n',
        [file]: before,
      },
      { FILE: file, LINE: line, ACTIONS: action },
    );
    expect(said).toEqual([diagnostic, `action ${action}`]);
    expect(scratch.read(file)).toBe(after);
  });

  test.skipIf(editor.version === null)('commands: a request, then an approval after a yes', async () => {
    const { scratch, said } = await edit(
      { 'approved-packages.yaml': whitelistText({}), 'app.py': 'import os\n' },
      { FILE: 'app.py', LINE: 'import numpy_utils', ACTIONS: 'Request approval\nApprove' },
    );
    const kinds = said.map((line) => line.split(' ')[0]);
    expect(kinds.filter((kind) => kind !== 'message')).toEqual([
      'diagnostic',
      'action',
      'action',
      'question',
    ]);
    expect(kinds.filter((kind) => kind === 'message')).toHaveLength(2);
    expect(scratch.read('approved-packages.yaml')).toMatch(/^ {2}pypi:numpy-utils: \{ approved: /m);
  });
});
