import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { clientPage } from '../kit/clients.ts';
import { startPypi, wheel } from '../kit/pypi.ts';
import { bin, projectRoot, run, Scratch, type Finished } from '../kit/scratch.ts';
import { json, reply, startServer } from '../kit/server.ts';
import { runIn } from '../kit/world.ts';

/*
 * The guides are stories: every command in a `console` block is run in the order of the page, in the
 * repository that the comment above names. Lines below a command must be in its output; `(exit code N)` is how
 * it ends, else with 0. A block whose first line is `# path` is a file that the reader writes. What a guide starts the
 * tool with is run as it stands the first time; behind the same words the tool then runs in this process. Hooks are
 * always processes that git starts.
 */

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

type Step =
  | { readonly kind: 'repository'; readonly name: string }
  | { readonly kind: 'file'; readonly file: string; readonly text: string }
  | {
      readonly kind: 'command';
      readonly command: string;
      readonly shows: readonly string[];
      readonly code: number;
    };

function stepsOf(markdown: string): Step[] {
  const steps: Step[] = [];
  const pattern = /^<!-- repository: (.+) -->$|^```(\w+)\n([^]*?)^```$/gm;
  for (const [, repository, language, text = ''] of markdown.matchAll(pattern)) {
    const file = /^# (\S*[./]\S*)\n/.exec(text)?.[1];
    if (repository !== undefined) steps.push({ kind: 'repository', name: repository });
    else if (language === 'console') steps.push(...commandsOf(text));
    else if (file !== undefined) steps.push({ kind: 'file', file, text });
    else throw new Error(`what is this block?\n${text}`);
  }
  return steps;
}

function commandsOf(text: string): Step[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...lines] = part.trimEnd().split('\n');
      const code = /^\(exit code (\d)\)$/.exec(lines.at(-1) ?? '')?.[1];
      return { kind: 'command', command, shows: code ? lines.slice(0, -1) : lines, code: Number(code ?? 0) };
    });
}

const files: Readonly<Record<string, Record<string, string>>> = {
  shop: {
    'package.json':
      '{ "name": "shop", "private": true, "type": "module", "dependencies": { "lodash": "^4" } }\n',
    'web/cart.js': 'import sum from "lodash/sum.js";\nexport const total = sum;\n',
    'shop/app.py': 'import flask\n',
    'requirements.txt': 'flask\n',
    '.gitignore': 'node_modules/\nbin/\n',
  },
  pricing: {
    'requirements.txt': 'flask\nnumpy\n',
    'app.py': 'import flask\nimport numpy\n',
    '.gitignore': 'bin/\n',
  },
};

/** The shop's repository behind the commands that adopt the tool, for all stories that begin there. */
let adopted: string | undefined;
afterAll(() => {
  if (adopted !== undefined) rmSync(adopted, { recursive: true });
});

async function repositoryFor(name: string): Promise<Scratch> {
  const [kind = '', state] = name.split(', ');
  const scratch = await Scratch.with(files[kind] ?? {});
  open.push(() => {
    scratch.dispose();
  });
  await giveRegistries(scratch);
  giveCommands(scratch);
  if (kind === 'shop') scratch.env['PATH'] = `${scratch.root}/node_modules/.bin:${scratch.env['PATH'] ?? ''}`;
  if (state === 'adopted') {
    if (adopted !== undefined) {
      cpSync(adopted, scratch.root, { recursive: true, verbatimSymlinks: true });
      return scratch;
    }
    for (const command of [
      'npm install --save-dev vetted-imports',
      'npx --no -- vetted-imports init --yes',
      'git add --all',
      'git commit -qm "Check imports"',
    ])
      expect(await shell(scratch, command)).toMatchObject({ code: 0 });
    adopted = mkdtempSync(path.join(tmpdir(), 'check-imports-adopted-'));
    cpSync(scratch.root, adopted, { recursive: true, verbatimSymlinks: true });
  }
  return scratch;
}

/** As PyPI serves numpy-utils since 2019: somebody's, and not NumPy's. */
const numpyUtils = ['0.1', '0.1.2', '0.1.3', '0.1.4', '0.1.5', '0.1.5.1', '0.1.6'].map((version, at) => ({
  filename: `numpy_utils-${version}-py3-none-any.whl`,
  uploaded: `2019-0${String(at + 3)}-11T21:00:00Z`,
  contents: { 'numpy_utils/__init__.py': '' },
}));

/** Canned registries, to which the settings of the scratch repository's owner lead. */
async function giveRegistries(scratch: Scratch): Promise<void> {
  const old = '2015-03-04T00:00:00Z';
  const known = (name: string) =>
    [name, { name, time: { created: old, '1.0.0': old }, versions: { '1.0.0': {} } }] as const;
  const packages = new Map(['undici', 'lodash', 'chalk'].map(known));
  const npm = await startServer(({ path: url }, response) => {
    const found = packages.get(decodeURIComponent(url.slice(1)));
    reply(response, found ? json(found) : (clientPage(url) ?? json({ error: 'Not found' }, 404)));
  });
  const pypi = await startPypi(
    new Map([
      ['fin-tools', { files: [wheel('fin-tools', old, ['fintools/__init__.py'])] }],
      ['flask', { files: [wheel('flask', old, ['flask/__init__.py'])] }],
      ['numpy-utils', { files: numpyUtils }],
    ]),
  );
  open.push(
    () => npm.close(),
    () => pypi.close(),
  );
  scratch.writeHome({ '.npmrc': `registry=${npm.url}/\n` });
  scratch.env['PIP_INDEX_URL'] = `${pypi.url}/simple`;
}

/** `npm` and `npx` as far as the guides call them: nothing is fetched. */
function giveCommands(scratch: Scratch): void {
  const folder = path.join(scratch.home, 'commands');
  const tool = `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n`;
  const npm = `#!/bin/sh
case "$*" in
  'install --save-dev vetted-imports') mkdir -p node_modules/.bin node_modules/vetted-imports/bin
    cp '${folder}/program.js' node_modules/vetted-imports/bin/check-imports.js
    ln -s ../vetted-imports/bin/check-imports.js node_modules/.bin/vetted-imports
    exec '${process.execPath}' '${folder}/set.cjs' 'devDependencies.vetted-imports=^0.1.0' ;;
  'install --save-dev vetted-imports@latest')
    exec '${process.execPath}' '${folder}/set.cjs' 'devDependencies.vetted-imports=^0.1.0' ;;
  'install --global vetted-imports') cp '${folder}/tool' '${folder}/vetted-imports' ;;
  'uninstall vetted-imports') rm -r node_modules ;;
  'pkg set '*) exec '${process.execPath}' '${folder}/set.cjs' "$3" ;;
  *) echo "npm: unexpected: $*" >&2; exit 99 ;;
esac
`;
  const npx =
    '#!/bin/sh\n[ "$1 $2 $3" = "--no -- vetted-imports" ] && shift 3 && exec node_modules/.bin/vetted-imports "$@"\nexit 99\n';
  const program = `#!/usr/bin/env node\nrequire('${bin}');\n`;
  const set = `const fs = require('node:fs');
const [, table, key, value] = /^(\\w+)\\.([\\w-]+)=(.*)$/.exec(process.argv[2]);
const data = JSON.parse(fs.readFileSync('package.json', 'utf8'));
data[table] = { ...data[table], [key]: value };
fs.writeFileSync('package.json', JSON.stringify(data, null, 2) + '\\n');
`;
  mkdirSync(folder);
  for (const [name, text] of Object.entries({ tool, 'program.js': program, npm, npx, 'set.cjs': set })) {
    writeFileSync(path.join(folder, name), text);
    chmodSync(path.join(folder, name), 0o755);
  }
  scratch.env['PATH'] = `${folder}:${path.dirname(process.execPath)}:${scratch.env['PATH'] ?? ''}`;
}

function shell(scratch: Scratch, command: string): Promise<Finished> {
  return run('sh', ['-c', command], { cwd: scratch.root, env: scratch.env });
}

/** What a guide starts the tool with, and the words behind it, as a shell reads them. */
function callOf(command: string): { readonly start: string; readonly words: readonly string[] } | null {
  const [, start, rest] =
    /^(npx --no -- vetted-imports|vetted-imports)((?: (?:"[^"$`\\]*"|[\w@/:.,*-]+))+)$/.exec(command) ?? [];
  if (start === undefined || rest === undefined) return null;
  return {
    start,
    words: [...rest.matchAll(/ (?:"([^"]*)"|(\S+))/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''),
  };
}

/** Runs the commands of a guide; `started` are the ways to start the tool that it has shown. */
function runnerOf(started = new Set<string>()) {
  return (scratch: Scratch, command: string): Promise<Finished> => {
    const call = callOf(command);
    if (call === null || !started.has(call.start)) {
      if (call !== null) started.add(call.start);
      return shell(scratch, command);
    }
    return runIn(scratch, call.words, { now: new Date().toISOString() });
  };
}

describe('every command of the guides is one that was run', () => {
  test.each([
    ['docs/teams.md', 20],
    ['docs/first-month.md', 20],
    ['docs/upgrading.md', 15],
    ['docs/one-policy.md', 10],
    ['docs/commands.md', 8],
  ])(
    '%s',
    async (guide, fewest) => {
      const steps = stepsOf(readFileSync(path.join(projectRoot, guide), 'utf8'));
      expect(steps.length).toBeGreaterThan(fewest);
      let scratch: Scratch | null = null;
      const runCommand = runnerOf();
      for (const step of steps) {
        if (step.kind === 'repository') {
          scratch = await repositoryFor(step.name);
          continue;
        }
        if (scratch === null) throw new Error(`${guide} names no repository`);
        if (step.kind === 'file') {
          scratch.write({ [step.file]: step.text });
          continue;
        }
        const { code, stdout, stderr } = await runCommand(scratch, step.command);
        const output = `${stdout}${stderr}`;
        expect(code, `${step.command}\n${output}`).toBe(step.code);
        for (const line of step.shows) expect(output, step.command).toContain(line);
      }
    },
    180_000,
  );
});

test('README shows a stopped commit as the hook prints it', async () => {
  const [, block = ''] =
    /^```console\n(\$ git commit [^]*?)^```$/m.exec(
      readFileSync(path.join(projectRoot, 'README.md'), 'utf8'),
    ) ?? [];
  const [step] = commandsOf(block);
  if (step?.kind !== 'command') throw new Error('README shows no commit');
  const scratch = await repositoryFor('shop, adopted');
  scratch.write({
    'shop/pages.py': 'import flask_pagination_helper\n',
    'shop/prices.py': 'import numpy_utils\n\n\ndef total(prices):\n    return numpy_utils.safe_sum(prices)\n',
    'requirements.txt': 'flask\nnumpy-utils>=0.1\n',
  });
  await scratch.git('add', '--all');
  const { code, stdout, stderr } = await shell(scratch, step.command);
  expect(code).toBe(1);
  // The address of the canned registry and the day differ from run to run. It is not PyPI itself, so that OSV hears of
  // nothing, and the first day is that of its first file.
  const report = `${stdout}${stderr}`
    .replace(/;\s+registry:\s+[\d.:]+|registry:\s+[\d.:]+;\s+/g, '')
    .replace(/^note {2}malware was not checked.*\n(?: {6}.*\n)*\n/m, '')
    .replace(/earliest\s+file: (\S+)\s+\(\d+\s+years\s+ago\)/, 'first published: $1 (7 years ago)')
    .replace(/(pypi, )\d{4}-\d\d-\d\d/g, '$12026-11-23');
  const words = (text: string) => text.trim().split(/\s+/).join(' ');
  expect(words(report)).toBe(words(step.shows.join('\n')));
}, 60_000);
