import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scratch } from '../kit/scratch.ts';
import { shop } from '../kit/shop.ts';
import { runIn } from '../kit/world.ts';

/*
 * Texts that bear the ending of a program and are read otherwise: pages with their own loaders and names, templates,
 * dialects and data, parts of Yarn. All rows are one change of one repository: what it says is told apart by the file.
 */

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12\n`;
const UMD = '"object"==typeof exports&&"undefined"!=typeof module?e(exports,require("charts")):e(t.x={})';

/** For each file: its text, and what is said of it. */
const rows: Readonly<Record<string, readonly [text: string, said: readonly string[]]>> = {
  // What a page maps, for itself and for the modules beside it and below.
  'web/page.html': [
    '<script type="importmap">{ "imports": { "viz": "./price.js", "app/": "../src/", "gone": "./gone.js" } }</script>\n' +
      '<script type="module">import "viz"; import "app/c.js"; import "gone";</script>',
    ['npm:gone'],
  ],
  'web/price.js': ['export const price = 1;', []],
  'src/c.js': ['', []],
  'web/app.js': ['import "app/c.js"; import "viz"; import "evil-app";', ['npm:evil-app']],
  'web/node.cjs': ['require("viz");', ['npm:viz']],
  'shop/server.js': ['import "viz";', ['npm:viz']],

  // No browser has `require`, and Node takes no list.
  'docs/report.html': [
    `<script>!function(t,e){${UMD}}(this,f)</script><script>require("base/events")</script>`,
    [],
  ],
  'docs/amd.html': ['<script>require(["app/main"], f); import("evil-amd");</script>', ['npm:evil-amd']],
  'desktop/package.json': ['{ "devDependencies": { "electron": "1" } }', ['npm:electron']],
  'desktop/page.html': ['<script>require("evil-desktop")</script>', ['npm:evil-desktop']],

  // Templates, Flow and data have no mistake to mend; what they load by another name is told.
  'docs/_templates/t.js': [
    '{% if x %}\nconst a = {{ names }};\n{% endif %}\n/* require("no") */ require(a);',
    ['unclear-import'],
  ],
  'docs/_templates/evil.js': [
    'const a = {{ names }};\nconst r = require; r("b"); require("evil-t");',
    ['npm:b', 'npm:evil-t'],
  ],
  'docs/_templates/page.js': [
    '{{#if chart}}\nimport a from "evil-chart";\n{{/if}}\n/*\nimport b from "no";\n*/\nconst c = <%= range %>;',
    ['npm:evil-chart'],
  ],
  'docs/_templates/run.js': ['const a = <% import("evil-run") %>;', ['npm:evil-run']],
  'flow-typed/npm/ropes.js': [
    "declare module 'ropes' {\n  declare class A { require(key: string): this }\n  declare var x: {| a: A, ... |};\n}\n",
    [],
  ],
  'flow-typed/npm/oars.js': [
    'declare class A mixins B {}\n/* import b from "no" */\nrequire(a);',
    ['unclear-import'],
  ],
  'web/worker.js': [
    'new Worker(module {\n  const a = require("evil-worker");\n}, { type: "module" });',
    ['npm:evil-worker'],
  ],
  'web/broken.js': ['const a = "{{ names }}";\nlet = ;\nrequire(a);', ['unclear-import', 'fault unparsable']],
  'web/flow.js': [
    "// @flow\nopaque type A: string = string;\n/* import b from 'b' */\nrequire(a);",
    ['unclear-import'],
  ],
  'web/flow-evil.js': ["// @flow\nenum L { A }\nimport a from 'evil-flow';", ['npm:evil-flow']],
  'web/no-flow.js': [
    'const a = "@flow";\nopaque type A: string = string;\nrequire(a);',
    ['unclear-import', 'fault unparsable'],
  ],
  'web/de.ts': [
    '<!DOCTYPE TS>\n<TS version="2.1">\n<source>import a from "a"; require(b)</source>\n</TS>\n',
    [],
  ],
  'web/data.ts': ['# A comment: require(a)\n@problemName X\n@data\n1.0,2.0:0\n', []],

  // Babel's proposal, also where something else is not clear.
  'web/exports.js': [
    'export x from "evil-x"; export y, { z } from "evil-y";\nrequire(a);',
    ['npm:evil-x', 'npm:evil-y', 'unclear-import'],
  ],

  // What Yarn writes under its own names, and what only lies beside it.
  '.yarn/releases/yarn-4.9.0.cjs': ['require(x);\n'.repeat(200_000), []],
  '.yarn/plugins/@yarnpkg/plugin-tools.cjs': ['require("@yarnpkg/core");', []],
  '.yarn/releases/helper.cjs': ['require("evil-yarn");', ['npm:evil-yarn']],
  'web/.yarn/releases/yarn-4.9.0.cjs': ['require("evil-yarn");', ['npm:evil-yarn']],

  // A pointer of Git LFS is nothing but that.
  'web/pointer.vue': [POINTER, ['note']],
  'web/header.vue': [`${POINTER}<script>\nimport "evil-lfs"\n</script>\n`, ['npm:evil-lfs']],
};

let scratch: Scratch;
let lines: readonly string[];

beforeAll(async () => {
  scratch = await shop({});
  scratch.write(Object.fromEntries(Object.entries(rows).map(([file, [text]]) => [file, text])));
  await scratch.git('add', '--all', '--force');
  const { stdout } = await runIn(scratch, ['check', '--staged', '--format', 'concise']);
  lines = stdout.split('\n').filter((line) => line !== '' && !line.includes('no parser accepts'));
});

afterAll(() => {
  scratch.dispose();
});

/** What a line of the concise format says: a package, a rule or a fault; `note` for what has no place. */
function saidBy(line: string): string {
  const [, severity = '', kind = ''] = /^\S+: (\w+) ([\w-]+)/.exec(line) ?? [];
  const name = /\[(npm:\S+)\]$/.exec(line)?.[1];
  if (severity === 'fault') return `fault ${kind}`;
  return name ?? (severity === 'warn' || severity === 'error' ? kind : 'note');
}

test.each(Object.entries(rows).map(([file, [, said]]) => [file, said] as const))('%s', (file, said) => {
  const about = lines.filter((line) => line.replace(/^note: /, '').startsWith(`${file}:`));
  expect([...new Set(about.map(saidBy))].sort()).toEqual([...said].sort());
});
