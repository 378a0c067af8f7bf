import type { Language, Scan, Source } from '../../model/language.ts';
import { lazyResolver } from '../../model/lazy-resolver.ts';
import { kernelDialect } from './dialects.ts';

/** Rust, from scripts to crates. */
export const rust = {
  id: 'rust',
  ecosystem: 'cargo',
  lineComment: '//',
  extensions: ['rs'],
  editorIds: new Map([['rust', 'rs']]),
  notebooks: { dialectOf: kernelDialect, usualName: null },
  // Scripts, and the kernel of notebooks.
  interpreter: /(?:^|[\s/])(?:cargo|rust-script|evcxr(?:_jupyter)?)(?=\s|$)/,
  importWords: /\b(?:use|extern)\b|::/,
  scan,
  scanCode: scan,
  declares: async ({ text }) => (await import('./script-manifest.ts')).scriptManifest(text),
  importableNames: () => [],
  mapsNames: () => false,
  mappingText: () => Promise.resolve(''),
  folderModule: '',
  parser: async () => (await import('./parse.ts')).loadParser(),
  resolver: (project) =>
    lazyResolver(async () => {
      const { createResolver } = await import('./resolve/resolver.ts');
      return createResolver(project);
    }),
} satisfies Language;

async function scan(source: Source): Promise<Scan> {
  return (await import('./scan.ts')).scan(source);
}
