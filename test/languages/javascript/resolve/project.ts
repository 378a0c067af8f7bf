import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';

import { createResolver } from '../../../../src/languages/javascript/resolve/index.ts';
import type { Files, Project, Resolver } from '../../../../src/model/language.ts';
import type { ImportKind, Origin, Step } from '../../../../src/model/reference.ts';

const fixtures = join(import.meta.dirname, '../../../../fixtures/projects/javascript');

/** What a resolver asked of its files: one line for each call. */
export interface CountedFiles extends Files {
  readonly calls: string[];
}

/** Reads a fixture's folder into path and text. */
export function fixture(name: string): Map<string, string> {
  const root = join(fixtures, name);
  return new Map(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  );
}

export function filesOf(contents: ReadonlyMap<string, string>): CountedFiles {
  const calls: string[] = [];
  return {
    calls,
    existing: (paths) => {
      calls.push('having');
      return Promise.resolve(new Set(paths.filter((path) => contents.has(path))));
    },
    text: (path) => {
      calls.push(`text ${path}`);
      return Promise.resolve(contents.get(path));
    },
    list: () => {
      calls.push('list');
      return Promise.resolve([...contents.keys()]);
    },
  };
}

export function resolverOf(files: Files, project: Partial<Project> = {}): Resolver {
  return createResolver({
    project: {
      files,
      trusted: [files],
      localModules: [],
      ambient: [],
      imports: new Map(),
      recorded: new Map(),
      ...project,
    },
    builtinHost: (specifier) => (isBuiltin(specifier) ? 'node' : undefined),
  });
}

/** Resolves one specifier and writes its origins as the tables do; reasons are left out. */
export async function resolved(
  resolver: Resolver,
  [file, specifier, kind = 'static']: readonly [file: string, specifier: string, kind?: ImportKind | null],
): Promise<string> {
  const found = await resolver.resolve({ file, specifier, names: [], kind });
  return found.map(({ origin }) => written(origin)).join(' + ');
}

export async function stepsOf(resolver: Resolver, file: string, specifier: string): Promise<readonly Step[]> {
  const steps: Step[] = [];
  await resolver.resolve({ file, specifier, names: [], kind: 'static' }, (step) => steps.push(step));
  return steps;
}

function written(origin: Origin): string {
  switch (origin.kind) {
    case 'builtin':
    case 'ambient':
      return `${origin.kind} ${origin.host}`;
    case 'local':
      return `local ${origin.file ?? '-'}`;
    case 'package': {
      const names = [origin.package, ...origin.alternatives].map(({ name }) => name);
      return `package ${names.join(' or ')}`;
    }
    case 'missing':
      return `missing ${origin.module.path}`;
    case 'unknown':
      return 'unknown';
  }
}
