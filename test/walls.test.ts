import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { ecosystems } from '../src/ecosystems/index.ts';
import { languages } from '../src/languages/index.ts';
import { ecosystemIds, floors, languageIds, walls } from '../walls.js';
import { projectRoot } from './kit/scratch.ts';

/* Each wall between folders is a rule of ESLint (walls.js): here each bites, beside a twin that it lets pass. */

const eslint = new ESLint({
  cwd: projectRoot,
  overrideConfigFile: true,
  overrideConfig: [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }, ...walls],
});

/** @returns What the walls say about a file of this text. */
async function said(file: string, text: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath: path.join(projectRoot, file) });
  return (result?.messages ?? []).map(({ message }) => message);
}

describe('a wall refuses', () => {
  test.each<[string, file: string, refused: string, reason: RegExp, allowed: string]>([
    [
      'the editor that imports the command line',
      'src/lsp/decide.ts',
      "import '../cli/output.ts';",
      /src\/lsp stands below it/,
      "import '../app/approve.ts';",
    ],
    [
      'the server for assistants that imports the command line',
      'src/mcp/server.ts',
      "import '../cli/output.ts';",
      /src\/mcp stands below it/,
      "import '../app/request.ts';",
    ],
    [
      'the editor that imports the server for assistants',
      'src/lsp/decide.ts',
      "import '../mcp/answers.ts';",
      /src\/lsp stands below it/,
      "import '../app/request.ts';",
    ],
    [
      'the library that imports the command line',
      'src/index.ts',
      "await import('./cli/commands/list.ts'); import './cli/output.ts';",
      /The library is app\/ and types/,
      "import './app/list.ts';",
    ],
    [
      'a use case that prints',
      'src/app/check.ts',
      'context.stdout.write(text);',
      /A use case knows no stream/,
      'return text;',
    ],
    [
      'a use case that asks',
      'src/app/check.ts',
      "import { select } from '@clack/prompts';",
      /no argument parser and no prompt/,
      "import { select } from './select.ts';",
    ],
    [
      'a use case that names an ecosystem',
      'src/app/check.ts',
      "if (ecosystem === 'pypi') load();",
      /No ecosystem and no language is named/,
      'if (ecosystem.modules !== null) load();',
    ],
    [
      'a container that names a language',
      'src/containers/vue.ts',
      "const language = 'javascript';",
      /No ecosystem and no language is named/,
      "import { JAVASCRIPT } from '../languages/javascript/dialects.ts';",
    ],
    [
      'an ecosystem that names another one',
      'src/ecosystems/npm/index.ts',
      "const other = 'golang';",
      /No ecosystem and no language is named/,
      "const own = 'npm';",
    ],
    [
      'an ecosystem that imports another one',
      'src/ecosystems/npm/index.ts',
      "import '../pypi/names.ts';",
      /An ecosystem imports the model/,
      "import '../shared/routes.ts';",
    ],
    [
      'an ecosystem that sends',
      'src/ecosystems/pypi/registry.ts',
      "import '../../lookups/http.ts';",
      /An ecosystem imports the model/,
      "import '../../model/http.ts';",
    ],
    [
      'a language that imports another one',
      'src/languages/python/index.ts',
      "import '../javascript/scan.ts';",
      /A language knows no other one/,
      "import '../shared/doubts.ts';",
    ],
    [
      'a floor that imports one above it',
      'src/analysis/findings.ts',
      "import '../lookups/index.ts';",
      /src\/analysis stands below it/,
      "import '../policy/policy.ts';",
    ],
    [
      'a pure folder that reads files',
      'src/policy/policy.ts',
      "import { readFile } from 'node:fs/promises';",
      /This folder is pure/,
      "import { join } from 'node:path';",
    ],
    [
      'a pure folder that looks at the clock',
      'src/policy/policy.ts',
      'const now = new Date();',
      /Comes in from the caller/,
      'const now = options.now;',
    ],
    [
      'the model that imports anything',
      'src/model/package.ts',
      "import '../text/ends.ts';",
      /The model imports nothing but the model/,
      "import './text.ts';",
    ],
    [
      'grades that look at the clock',
      'rules/grades.ts',
      'const now = new Date();',
      /Comes in from the caller/,
      'const now = thresholds.youngSince;',
    ],
    [
      'the list of rules that asks a registry',
      'rules/index.ts',
      "import '../src/lookups/index.ts';",
      /Rules are functions of facts/,
      "import '../src/model/report.ts';",
    ],
    [
      'a rule that knows more than the model',
      'rules/denied-package/rule.ts',
      "import '../../src/policy/policy.ts';",
      /A rule knows the model/,
      "import '../../src/model/finding.ts';",
    ],
  ])('%s', async (_, file, refused, reason, allowed) => {
    expect((await said(file, refused)).join('\n')).toMatch(reason);
    expect(await said(file, allowed)).toEqual([]);
  });
});

/** The folder of `src` that a file belongs to; a language and an ecosystem have one of their own. */
function folderOf(file: string): string {
  const [first = '', second, third] = file.split('/');
  const hasParts = first === 'languages' || first === 'ecosystems';
  return hasParts && third !== undefined ? `${first}/${second ?? ''}` : first;
}

/** Which folder imports which other ones, also where a module is loaded later. */
function importsOfFolders(): ReadonlyMap<string, ReadonlySet<string>> {
  const root = path.join(projectRoot, 'src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const imports = new Map<string, Set<string>>();
  for (const file of files) {
    const folder = folderOf(file);
    const targets = imports.get(folder) ?? new Set();
    imports.set(folder, targets);
    const text = readFileSync(path.join(root, file), 'utf8');
    for (const [, specifier = ''] of text.matchAll(/(?:from|import|import\()\s*'(\.[^']+)'/g)) {
      const target = path.posix.join(path.posix.dirname(file), specifier);
      if (!target.startsWith('..') && folderOf(target) !== folder) targets.add(folderOf(target));
    }
  }
  return imports;
}

test('no folder of the sources is in a cycle with another', () => {
  const imports = importsOfFolders();
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (folder: string, path: readonly string[]) => {
    if (path.includes(folder)) cycles.push([...path.slice(path.indexOf(folder)), folder].join(' → '));
    if (path.includes(folder) || finished.has(folder)) return;
    for (const target of imports.get(folder) ?? []) visit(target, [...path, folder]);
    finished.add(folder);
  };
  for (const folder of imports.keys()) visit(folder, []);
  expect(cycles).toEqual([]);
});

test('every folder of the sources stands on a floor', () => {
  const folders = readdirSync(path.join(projectRoot, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(folders.toSorted()).toEqual(floors.toSorted());
});

test('no folder imports one above it, also where a module is loaded later', () => {
  const floorOf = (folder: string) => floors.indexOf(folder.split('/')[0] ?? '');
  const upwards = [...importsOfFolders()].flatMap(([folder, targets]) =>
    [...targets]
      .filter((target) => floorOf(folder) >= 0 && floorOf(target) > floorOf(folder))
      .map((target) => `${folder} → ${target}`),
  );
  expect(upwards).toEqual([]);
});

test('the walls know every language and every ecosystem', () => {
  expect(languageIds.toSorted()).toEqual(languages.map(({ id }) => id).toSorted());
  for (const { id } of ecosystems)
    expect(ecosystemIds, 'write it into ecosystemIds of walls.js').toContain(id);
});
