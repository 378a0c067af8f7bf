import type { Language } from '../../model/language.ts';
import { lazyResolver } from '../../model/lazy-resolver.ts';
import { importableNames } from './bare-names.ts';
import { isBuiltin } from './builtins.ts';
import { kernelDialect } from './dialects.ts';
import { scan } from './scan.ts';
import { mapsNames } from './settings.ts';

/** JavaScript and TypeScript. */
export const javascript = {
  id: 'javascript',
  ecosystem: 'npm',
  lineComment: '//',
  extensions: ['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx'],
  editorIds: new Map([
    ['javascript', 'js'],
    ['javascriptreact', 'jsx'],
    ['typescript', 'ts'],
    ['typescriptreact', 'tsx'],
  ]),
  notebooks: { dialectOf: kernelDialect, usualName: null },
  interpreter:
    /(?:^|[\s/!=]|-\w*S)(?:(?:node|nodejs|bunx?|deno)[\d.]*|tsx|ts-node(?:-\w+)*|(?:babel|vite|sucrase|swc)-node|jiti|esno|zx)(?:\.exe)?(?=\s|$)/,
  importWords: /import/,
  scan,
  scanCode: async (source) => (await import('./lenient.ts')).scanCode(source),
  importableNames: importableNames,
  mapsNames,
  mappingText: async (path, text) => (await import('./mapping-text.ts')).mappingText(path, text),
  folderModule: 'index.js',
  parser: async () => (await import('./parse.ts')).loadParser(),
  resolver: (project) =>
    lazyResolver(async () => {
      const { createResolver } = await import('./resolve/index.ts');
      return createResolver({ project, builtinHost: isBuiltin });
    }),
} satisfies Language;
