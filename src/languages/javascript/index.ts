import type { Language } from '../../model/language.ts';
import { loadParser } from './parse.ts';
import { scan } from './scan.ts';

/** JavaScript and TypeScript, without the resolution of their imports. */
export const javascript: Omit<Language, 'resolver'> = {
  id: 'javascript',
  ecosystem: 'npm',
  extensions: ['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx'],
  interpreter: /(?:^|[\s/])(?:node|nodejs|bun|deno|tsx|ts-node|zx)(?=\s|$)/,
  scan,
  parser: loadParser,
};
