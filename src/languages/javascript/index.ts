import type { Language } from '../../model/language.ts';
import { isBuiltin } from './builtins.ts';
import { scan } from './scan.ts';

/** JavaScript and TypeScript. */
export const javascript: Language = {
  id: 'javascript',
  ecosystem: 'npm',
  extensions: ['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx'],
  interpreter: /(?:^|[\s/])(?:node|nodejs|bun|deno|tsx|ts-node|zx)(?=\s|$)/,
  scan,
  parser: async () => (await import('./parse.ts')).loadParser(),
  resolver: () => ({
    resolve: async ({ specifier }) => {
      const host = isBuiltin(specifier);
      if (host) return [{ origin: { kind: 'builtin', host }, names: [] }];
      if (specifier.startsWith('.')) return [{ origin: { kind: 'local', file: null }, names: [] }];
      const name = /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
      return [
        { origin: { kind: 'package', package: { ecosystem: 'npm', name }, alternatives: [] }, names: [] },
      ];
    },
  }),
};
