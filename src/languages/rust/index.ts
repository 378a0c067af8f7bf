import type { Language } from '../../model/language.ts';
import { lazyResolver } from '../../model/lazy-resolver.ts';

/** Rust. */
export const rust = {
  id: 'rust',
  ecosystem: 'cargo',
  lineComment: '//',
  extensions: ['rs'],
  editorIds: new Map([['rust', 'rs']]),
  // Scripts, and the kernel of notebooks.
  interpreter: /(?:^|[\s/])(?:cargo|rust-script|evcxr(?:_jupyter)?)(?=\s|$)/,
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
