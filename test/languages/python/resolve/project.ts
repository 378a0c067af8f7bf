import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createResolver } from '../../../../src/languages/python/resolve/resolver.ts';
import type { Files, Project, Resolution } from '../../../../src/model/language.ts';
import type { Step } from '../../../../src/model/reference.ts';

const fixtures = join(import.meta.dirname, '../../../../fixtures/projects/python');

/** Files in memory that count what is asked of them. */
export interface CountedFiles extends Files {
  readonly asked: { having: number; text: string[]; list: number; words: string[] };
}

export function filesOf(texts: ReadonlyMap<string, string>): CountedFiles {
  const asked = { having: 0, text: new Array<string>(), list: 0, words: new Array<string>() };
  return {
    asked,
    existing: (paths) => {
      asked.having += 1;
      return Promise.resolve(new Set(paths.filter((path) => texts.has(path))));
    },
    text: (path) => {
      asked.text.push(path);
      return Promise.resolve(texts.get(path));
    },
    holding: (words) => {
      asked.words.push(...words);
      const patterns = words.map((word) => new RegExp(String.raw`(?<!\w)${word}(?!\w)`));
      const holders = [...texts].filter(([, text]) => patterns.some((pattern) => pattern.test(text)));
      return Promise.resolve(holders.map(([path]) => path));
    },
    list: () => {
      asked.list += 1;
      return Promise.resolve([...texts.keys()]);
    },
  };
}

/** The files of a fixture project, by their paths inside it. */
export function fixture(name: string): CountedFiles {
  const root = join(fixtures, name);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return filesOf(
    new Map(paths.map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')] as const)),
  );
}

/** Enough of the standard library for these tables. */
const STDLIB = new Set([
  'os',
  'json',
  'types',
  'importlib',
  'dataclasses',
  'zoneinfo',
  'logging',
  'distutils',
]);

export function resolverOf(files: Files, settings: Partial<Omit<Project, 'files'>> = {}) {
  return createResolver({
    project: {
      files,
      trusted: [files],
      localModules: [],
      ambient: [],
      imports: new Map(),
      recorded: new Map(),
      ...settings,
    },
    isStdlib: (specifier) => STDLIB.has(specifier.split('.')[0] ?? ''),
  });
}

/**
 * One import as a table writes it: `import a.b`, `from a import b, c`, or `scan a`, which is what a
 * quick scan knows of either.
 */
export async function resolve(
  resolver: ReturnType<typeof resolverOf>,
  question: { readonly file: string; readonly text: string; readonly trace?: (step: Step) => void },
): Promise<string> {
  const [, form = '', specifier = '', names] =
    /^(import|from|scan) (\S+)(?: import (.*))?$/.exec(question.text) ?? [];
  const request = {
    file: question.file,
    specifier,
    names: form === 'scan' ? null : (names?.split(', ') ?? []),
    scannedNames: form === 'scan' ? new Set(names?.split(', ')) : undefined,
    kind: form === 'scan' ? null : ('static' as const),
  };
  return (await resolver.resolve(request, question.trace)).map(words).join('; ');
}

function words({ origin, names }: Resolution): string {
  const suffix = names.length === 0 ? '' : ` (${names.join(', ')})`;
  switch (origin.kind) {
    case 'package':
      return [origin.package, ...origin.alternatives].map(({ name }) => name).join(' | ') + suffix;
    case 'local':
      return (origin.file === null ? 'local' : `local ${origin.file}`) + suffix;
    case 'builtin':
    case 'ambient':
      return `${origin.kind} ${origin.host}${suffix}`;
    case 'missing':
      return `missing ${origin.module.path}${suffix}`;
    case 'unknown':
      return `unknown${suffix}`;
  }
}
