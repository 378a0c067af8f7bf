import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot, Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * README.md lists the commands. Each is run as it stands there, with a name for a word in capitals and a reason for `…`, in
 * this order and without a terminal. How the tool is installed and set up is run in test/installed/start.test.ts.
 */

const readme = readFileSync(path.join(projectRoot, 'README.md'), 'utf8');
const commands = [...readme.matchAll(/^\| `(vetted-imports[^`]*)` +\|/gm)].map(([, command = '']) => command);
const [, scopes = ''] = /^\| `vetted-imports` +\| (.*) \|$/m.exec(readme) ?? [];
const scopeFlags = [...scopes.matchAll(/`(--[^`]*)`/g)].map(([, flags = '']) => `vetted-imports ${flags}`);

const values: Readonly<Record<string, string>> = {
  'PKG…': 'npm:undici',
  NAME: 'flask',
  REF: 'main',
  SHELL: 'bash',
  '…': 'connection pools',
};

/** How each command ends, and what it says, on whichever stream. */
const outcomes: readonly (readonly [command: string, code: number, says: string])[] = [
  ['vetted-imports', 1, 'nobody approved pypi:numpy-utils'],
  ['vetted-imports init', 2, '+++ b/.git/hooks/pre-commit'],
  ['vetted-imports init --ci github', 2, '+++ b/.github/workflows/vetted-imports.yml'],
  // Nothing in this project brings what hooks would start.
  ['vetted-imports init --agent claude', 2, 'Add it first: '],
  ['vetted-imports review', 2, 'review asks questions and needs a terminal'],
  ['vetted-imports review --baseline', 2, '--baseline asks registries'],
  ['vetted-imports review --expiring', 0, 'No approval ends soon.'],
  ['vetted-imports approve PKG… --reason …', 0, 'approved: npm:undici: { approved: connection pools'],
  ['vetted-imports approve --all-requested', 1, 'npm:asked is left out: its grade is not-asked'],
  ['vetted-imports list', 0, 'on 2026-01-02: the API'],
  ['vetted-imports explain NAME', 0, 'flask → pypi:flask (approved)'],
  ['vetted-imports prune', 2, 'remove approved npm:undici: nothing uses it'],
  ['vetted-imports completion SHELL', 0, 'complete -F _vetted_imports vetted-imports check-imports'],
  ['vetted-imports --staged', 0, ''],
  ['vetted-imports --since REF', 0, ''],
  ['vetted-imports --all', 1, 'nobody approved pypi:numpy-utils'],
  ['vetted-imports --stdin', 2, '--stdin-filename'],
];

let scratch: Scratch;
beforeAll(async () => {
  const packages = {
    'npm:asked': { requested: 'a chart', ...byAda },
    'pypi:flask': { approved: 'the API', ...byAda },
  };
  scratch = await Scratch.with({
    'approved-packages.yaml': whitelistText(packages),
    '.check-importsrc': 'lookup: off\n',
    'requirements.txt': 'flask\n',
    'app.py': 'import flask\n',
  });
  scratch.write({ 'report.py': 'import numpy_utils\n' });
});
afterAll(() => {
  scratch.dispose();
});

test('every command of README.md has a row', () => {
  expect([...commands, ...scopeFlags].toSorted()).toEqual(outcomes.map(([command]) => command).toSorted());
});

test.each(outcomes)('%s', async (command, code, says) => {
  const words = command.split(' ').map((word) => values[word] ?? word);
  const { stdout, stderr, ...ended } = await runIn(scratch, words.slice(1));
  expect([ended.code, stdout + stderr]).toEqual([code, expect.stringContaining(says)]);
});
