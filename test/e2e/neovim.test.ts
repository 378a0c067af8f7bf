import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { bin, projectRoot, run, Scratch } from '../kit/scratch.ts';

/*
 * A real editor, configured as docs/editors.md says: headless Neovim opens a file, sees the diagnostic after the save,
 * takes the code action, and the file is changed. It runs where nvim is installed (`apt-get install neovim`; 0.7 and later).
 */

const neovim = versionOf('nvim');

function versionOf(program: string): string | null {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' }).split('\n')[0] ?? null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The Lua that the documentation gives for `init.lua`. */
function documentedConfig(): string {
  const page = readFileSync(path.join(projectRoot, 'docs/editors.md'), 'utf8');
  const block = /^```lua\n(.*?)^```$/ms.exec(page)?.[1];
  if (block === undefined) throw new Error('docs/editors.md has no configuration for Neovim');
  return block;
}

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

describe.skipIf(neovim === null)(`an editor: ${neovim ?? 'skipped, because nvim is not installed'}`, () => {
  test.each([
    {
      file: 'app.py',
      before: 'import os\n',
      line: 'import numpy_utils',
      action: 'Replace with numpy',
      diagnostic: 'diagnostic 2:8 unapproved-package/not-asked',
      after: 'import os\nimport numpy\n',
    },
    {
      file: 'main.ts',
      before: "import 'react';\n",
      line: "import chunk from 'lodahs';",
      action: 'Replace with lodash',
      diagnostic: 'diagnostic 2:20 unapproved-package/not-asked',
      after: "import 'react';\nimport chunk from 'lodash';\n",
    },
  ])('$file', async ({ file, before, line, action, diagnostic, after }) => {
    const scratch = await Scratch.with({
      '.check-importsrc': 'lookup: off\n',
      'requirements.txt': 'numpy\n',
      'package.json': '{ "dependencies": { "react": "^19.0.0", "lodash": "^4.17.21" } }\n',
      [file]: before,
    });
    open.push(scratch);
    const script = path.join(projectRoot, 'fixtures/editors/neovim.lua');
    const tools = path.join(scratch.home, 'bin');
    mkdirSync(tools);
    symlinkSync(bin, path.join(tools, 'vetted-imports'));
    const config = path.join(scratch.home, 'init.lua');
    writeFileSync(config, documentedConfig());
    const env = {
      ...scratch.env,
      PATH: `${tools}${path.delimiter}${scratch.env['PATH'] ?? ''}`,
      XDG_STATE_HOME: scratch.home,
      CONFIG: config,
      FILE: file,
      LINE: line,
      ACTION: action,
    };
    const args = ['--headless', '--clean', '-c', `luafile ${script}`];
    const { code, stdout, stderr } = await run('nvim', args, { cwd: scratch.root, env });
    const said = stdout.split(/\r?\n/);
    expect([code, said.at(-2)], stderr).toEqual([0, 'done']);
    expect(said.filter((text) => text.startsWith('diagnostic'))).toEqual([diagnostic]);
    expect(scratch.read(file)).toBe(after);
  });
});
