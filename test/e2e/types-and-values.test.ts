import { afterAll, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import type { Scratch } from '../kit/scratch.ts';
import { shop } from '../kit/shop.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * What is a value, a type, a path or a part of a name: each file is a change of its own in one shop, whose whitelist
 * approves lodash, and types of atlas alone. What an honest person writes stands beside what a stranger's package takes.
 */

const repository: { scratch: Scratch | null } = { scratch: null };
afterAll(() => repository.scratch?.dispose());

const base = {
  'approved-packages.yaml': whitelistText({
    'npm:@types/atlas': { approved: 'maps', ...byAda },
    'npm:lodash': { approved: 'the cart', ...byAda },
  }),
  'tsconfig.json': '{ "compilerOptions": { "baseUrl": "types" } }\n',
  'kept/tsconfig.json': '{ "compilerOptions": { "verbatimModuleSyntax": true } }\n',
  'tests/package.json': '{ "name": "tests", "devDependencies": { "jest": "29" } }\n',
};

const added = {
  'types/evil.d.ts': 'export const x: number;\n',
  'types/sheet.css': '',
  'types/own.ts': 'export const x = 1;\n',
  'types/rates.json': '{}\n',
  'tests/__mocks__/gone.js': 'module.exports = {};\n',
};

/** For each file what it holds, and the findings of the hook there. */
const rows: readonly (readonly [file: string, program: string, findings: readonly string[]])[] = [
  ['web/a1.ts', "import { x } from 'evil';\nx;\n", ['unapproved-package npm:evil']],
  ['web/a2.ts', "import type { x } from 'evil';\nexport let y: typeof x;\n", []],
  ['web/a3.ts', "import 'sheet';\n", ['unapproved-package npm:sheet']],
  [
    'web/a4.ts',
    "import 'sheet.css';\nimport { x } from 'own';\nimport rates from 'rates.json';\nx(rates);\n",
    [],
  ],
  ['web/a5.js', "const { x } = require('evil');\n", ['unapproved-package npm:evil']],
  ['web/b1.ts', "import { Map } from 'atlas';\nexport const f = (map: Map) => map;\n", []],
  [
    'web/b2.ts',
    "import { Map } from 'atlas';\nexport const f = () => new Map();\n",
    ['unapproved-package npm:atlas'],
  ],
  [
    'web/b3.ts',
    "import { Map } from 'atlases';\nexport const f = (map: Map) => map;\n",
    ['unapproved-package npm:atlases'],
  ],
  [
    'kept/b4.ts',
    "import { Map } from 'atlas';\nexport const f = (map: Map) => map;\n",
    ['unapproved-package npm:atlas'],
  ],
  ['web/c1.js', 'export const f = (x) => import(`lodash/${x}.js`);\n', []],
  ['web/c2.js', 'export const f = (x) => import(`stranger/${x}.js`);\n', ['unapproved-package npm:stranger']],
  ['web/c3.js', "export const f = (x) => import(`lodash/${'../stranger'}/${x}`);\n", ['unclear-import']],
  ['web/c4.js', "export const a = () => import(new URL('./price.ts', import.meta.url).href);\n", []],
  [
    'web/c5.js',
    "export const a = (URL) => import(new URL('./x', import.meta.url).href);\n",
    ['unclear-import'],
  ],
  [
    'tests/d1.test.js',
    "jest.mock('virtual', () => ({}), { virtual: true });\nrequire('virtual');\nrequire('gone');\n",
    [],
  ],
  [
    'tests/d2.js',
    "jest.mock('virtual', () => ({}), { virtual: true });\nrequire('virtual');\nrequire('gone');\n",
    ['unapproved-package npm:gone', 'unapproved-package npm:virtual'],
  ],
];

test('the hook tells values, types, paths and parts of names apart', async () => {
  const scratch = await shop(base);
  repository.scratch = scratch;
  const programs = Object.fromEntries(rows.map(([file, program]) => [file, program]));
  scratch.write({ ...added, ...programs });
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, ['--staged', '--format', 'concise']);
  const found = findingsIn(stdout).map((line) => line.replace(/:\d+:\d+/, ''));
  expect(found.sort()).toEqual(
    rows.flatMap(([file, , findings]) => findings.map((each) => `${file} ${each}`)).sort(),
  );
});
