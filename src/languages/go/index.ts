import type { Language, Scan, Source } from '../../model/language.ts';
import { lazyResolver } from '../../model/lazy-resolver.ts';
import { kernelDialect } from './dialects.ts';

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
  notebooks: { dialectOf: kernelDialect, usualName: null },
  // https://github.com/erning/gorun, https://github.com/traefik/yaegi; `go run` has no line of its own.
  interpreter: /(?:^|[\s/])(?:gorun|yaegi)(?=\s|$)/,
  importWords: /import/,
  scan,
  scanCode: scan,
  // A package is imported by the path of its module, which no file's name tells.
  importableNames: () => [],
  // What go.mod and go.work map are dependency lines, which are judged as such.
  mapsNames: () => false,
  mappingText: () => Promise.resolve(''),
  // No file of a name makes a folder a package: any Go file does.
  folderModule: '',
  parser: async () => (await import('./parse.ts')).parser,
  resolver: (project) =>
    lazyResolver(async () => {
      const { createResolver } = await import('./resolve/resolver.ts');
      return createResolver(project);
    }),
} satisfies Language;

async function scan(source: Source): Promise<Scan> {
  return (await import('./parse.ts')).scan(source);
}
