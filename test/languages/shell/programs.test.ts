import { describe, expect, test } from 'vitest';
import { shell } from '../../../src/languages/shell/index.ts';
import type { Files, Project } from '../../../src/model/language.ts';
import type { Origin } from '../../../src/model/reference.ts';

type Texts = Readonly<Record<string, string>>;

function filesOf(texts: Texts): Files {
  const contents = new Map(Object.entries(texts));
  return {
    existing: (paths) => Promise.resolve(new Set(paths.filter((path) => contents.has(path)))),
    text: (path) => Promise.resolve(contents.get(path)),
    list: () => Promise.resolve([...contents.keys()]),
  };
}

/** A state that is judged, and the base whose word counts; the same where no change is judged. */
interface States {
  readonly head: Texts;
  readonly base?: Texts;
}

async function originOf(name: string, isAsked: boolean, { head, base = head }: States): Promise<string> {
  const project: Project = {
    files: filesOf(head),
    trusted: [filesOf(base)],
    localModules: [],
    ambient: [],
    imports: new Map(),
    recorded: new Map(),
  };
  const program = { ecosystem: 'npm', isAsked };
  const request = { file: 'web/ci/run.sh', specifier: name, names: [], kind: 'install', program } as const;
  const [resolution] = await shell.resolver(project).resolve(request);
  return resolution === undefined ? '' : shown(resolution.origin);
}

function shown(origin: Origin): string {
  if (origin.kind === 'package') return origin.package.name;
  return origin.kind === 'local' ? `own, by ${String(origin.file)}` : origin.kind;
}

const manifest = (...dependencies: readonly string[]) =>
  JSON.stringify({ devDependencies: Object.fromEntries(dependencies.map((name) => [name, '1'])) });
const lock = (name: string, ...bins: readonly string[]) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      [`node_modules/${name}`]: { version: '1.0.0', bin: Object.fromEntries(bins.map((bin) => [bin, 'x'])) },
    },
  });

const rows: readonly (readonly [what: string, name: string, states: States, origin: string])[] = [
  ['a declared package of the name', 'eslint', { head: { 'package.json': manifest('eslint') } }, 'eslint'],
  [
    'in a folder above',
    'eslint',
    { head: { 'web/package.json': '{}', 'package.json': manifest('eslint') } },
    'eslint',
  ],
  ['not in a folder beside', 'eslint', { head: { 'api/package.json': manifest('eslint') } }, 'unknown'],
  [
    'a declared package that is known for it',
    'tsc',
    { head: { 'package.json': manifest('typescript') } },
    'typescript',
  ],
  [
    'a known package that nobody declares',
    'tsc',
    { head: { 'package.json': manifest('eslint') } },
    'unknown',
  ],
  ['nothing at all', 'tsc', { head: {} }, 'unknown'],
  [
    'a lockfile',
    'acme',
    { head: { 'package.json': manifest('@acme/tools'), 'package-lock.json': lock('@acme/tools', 'acme') } },
    '@acme/tools',
  ],
  [
    'a lockfile, of what nobody declares',
    'acme',
    { head: { 'package.json': manifest('eslint'), 'package-lock.json': lock('@acme/tools', 'acme') } },
    'unknown',
  ],
  [
    'a lockfile of the change alone',
    'acme',
    {
      base: { 'package.json': manifest('typescript') },
      head: { 'package.json': manifest('typescript'), 'package-lock.json': lock('typescript', 'acme') },
    },
    'unknown',
  ],
  [
    'a manifest of the change alone, by what is known',
    'tsc',
    { base: {}, head: { 'package.json': manifest('typescript') } },
    'typescript',
  ],
  [
    'the project’s own',
    'acme',
    { head: { 'package.json': '{"bin":{"acme":"x.js"}}' } },
    'own, by package.json',
  ],
  [
    'the project’s own, by its name',
    'acme',
    { head: { 'package.json': '{"name":"@s/acme","bin":"x.js"}' } },
    'own, by package.json',
  ],
  ['a manifest that is no JSON', 'acme', { head: { 'package.json': '{' } }, 'unknown'],
];

describe('a runner that asks', () => {
  test.each(rows)('%s', async (_, name, states, origin) => {
    expect(await originOf(name, true, states)).toBe(origin);
  });
});

describe('a runner that does not ask fetches the package of the name where the project has none', () => {
  test.each(rows)('%s', async (_, name, states, origin) => {
    expect(await originOf(name, false, states)).toBe(origin === 'unknown' ? name : origin);
  });
});
