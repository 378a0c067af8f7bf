import type { Language } from '../../model/language.ts';
import { lazyResolver } from '../../model/lazy-resolver.ts';
import { interpreter } from './interpreters.ts';
import { scan } from './scan.ts';

/** Commands of shells, and what they install. */
export const shell = {
  id: 'shell',
  // Each command says by its tool to which ecosystem its packages belong.
  ecosystem: null,
  lineComment: '#',
  extensions: ['sh', 'bash', 'zsh', 'ksh', 'dash', 'ash'],
  editorIds: new Map([['shellscript', 'sh']]),
  // Cells of kernels that are shells are not read.
  notebooks: null,
  interpreter,
  // Where no tool is named, no command installs anything, whether a shell can read it or not.
  importWords: /(?!)/,
  scan,
  scanCode: (source) => Promise.resolve(scan(source)),
  installs: async (source) => (await import('./parse.ts')).installRuns(source),
  importableNames: () => [],
  // What a manifest declares is its own matter, and no setting leads a command elsewhere.
  mapsNames: () => false,
  mappingText: () => Promise.resolve(''),
  folderModule: '',
  parser: async () => (await import('./parse.ts')).loadParser(),
  resolver: (project) =>
    lazyResolver(async () => {
      const { createResolver } = await import('./resolver.ts');
      return createResolver(project);
    }),
} satisfies Language;
