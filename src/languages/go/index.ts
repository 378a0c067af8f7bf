import type { Language, Parsed, Source } from '../../model/language.ts';
import { lazyResolver } from '../../model/lazy-resolver.ts';
import { readImports } from './imports.ts';

/**
 * Go. A reader of the package clause and the import declarations finds what Go's own parser does, so that it serves as scan
 * and as parser.
 */
export const go = {
  id: 'go',
  ecosystem: 'golang',
  lineComment: '//',
  extensions: ['go'],
  editorIds: new Map([['go', 'go']]),
  // https://github.com/erning/gorun, https://github.com/traefik/yaegi; `go run` has no line of its own.
  interpreter: /(?:^|[\s/])(?:gorun|yaegi)(?=\s|$)/,
  scan,
  scanCode: (source) => Promise.resolve(scan(source)),
  // A package is imported by the path of its module, which no file's name tells.
  importableNames: () => [],
  // What go.mod and go.work map are dependency lines, which are judged as such.
  mapsNames: () => false,
  mappingText: () => Promise.resolve(''),
  // No file of a name makes a folder a package: any Go file does.
  folderModule: '',
  parser: () =>
    Promise.resolve({ parse, glance: (source) => ({ imports: parse(source).imports, doubts: [] }) }),
  resolver: (project) =>
    lazyResolver(async () => {
      const { createResolver } = await import('./resolve/resolver.ts');
      return createResolver(project);
    }),
} satisfies Language;

/** Nothing is ever unsure. */
function scan({ text }: Source): ReturnType<Language['scan']> {
  return { kind: 'superset', specifiers: new Set(readImports(text).imports.map(({ path }) => path)) };
}

/** Where Go rejects the imports of a text, those that it finds are all that there can be. */
function parse({ text }: Source): Parsed {
  const { imports, mistake } = readImports(text);
  return {
    imports: imports.map(({ path, start, end }) => ({
      kind: 'static',
      target: { kind: 'literal', specifier: path, names: [] },
      span: { start, end },
      optional: false,
    })),
    broken: mistake && { ...mistake, cause: 'errors', approximate: false, doubts: [] },
  };
}
