import type { Language } from '../../model/language.ts';
import { lazyResolver } from '../../model/lazy-resolver.ts';
import { kernelDialect, PYTHON } from './dialects.ts';
import { declaredEncoding } from './encoding.ts';
import { interpreter } from './interpreters.ts';
import { writtenFile } from './ipython.ts';
import { importableNames } from './module-names.ts';
import { withoutPrompts } from './prompts.ts';
import { scan } from './scan.ts';
import { isStdlib } from './stdlib.ts';

/** Python, from scripts to notebooks. */
export const python = {
  id: 'python',
  ecosystem: 'pypi',
  lineComment: '#',
  extensions: ['py', 'pyi', 'pyw'],
  editorIds: new Map([['python', 'py']]),
  notebooks: { dialectOf: kernelDialect, usualName: PYTHON },
  interpreter,
  encoding: declaredEncoding,
  importWords: /import/,
  scan,
  scanCode: async (source) => (await import('./code-scan.ts')).scanCode(source),
  installs: async (source) => (await import('./install-runs.ts')).installRuns(source),
  declares: async ({ text }) => (await import('./script-metadata.ts')).metadataManifest(text),
  writes: (source) => writtenFile(withoutPrompts(source).source),
  ownNames: async () => (await import('./own-names.ts')).ownNames(),
  importableNames: importableNames,
  // Its settings name folders to look for modules in; the names are those of files.
  mapsNames: () => false,
  mappingText: () => Promise.resolve(''),
  folderModule: '__init__.py',
  parser: async () => (await import('./parse.ts')).loadParser(),
  resolver: (project) =>
    lazyResolver(async () => {
      const { createResolver } = await import('./resolve/resolver.ts');
      return createResolver({ project, isStdlib });
    }),
} satisfies Language;
