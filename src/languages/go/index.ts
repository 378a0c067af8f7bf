import type { Language } from '../../model/language.ts';
import { lazyResolver } from '../../model/lazy-resolver.ts';

/** Go. */
export const go = {
  id: 'go',
  ecosystem: 'golang',
  lineComment: '//',
  extensions: ['go'],
  editorIds: new Map([['go', 'go']]),
  // gorun and yaegi; a kernel of notebooks.
  interpreter: /(?:^|[\s/])(?:gorun|yaegi|gophernotes|gonb)(?=\s|$)/,
  scan: () => ({ kind: 'unsure', reason: 'not read yet' }),
  scanCode: () => Promise.resolve({ kind: 'unsure', reason: 'not read yet' }),
  importableNames: () => [],
  mapsNames: () => false,
  mappingText: () => Promise.resolve(''),
  folderModule: '',
  parser: () =>
    Promise.resolve({
      parse: () => ({ imports: [], broken: null }),
      glance: () => ({ imports: [], doubts: [] }),
    }),
  resolver: () =>
    lazyResolver(() =>
      Promise.resolve({
        resolve: () => Promise.resolve([]),
        providers: () => Promise.resolve([]),
        unread: () => Promise.resolve([]),
      }),
    ),
} satisfies Language;
