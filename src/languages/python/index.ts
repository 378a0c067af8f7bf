import type { Language } from '../../model/language.ts';
import { scan } from './scan.ts';

/** Python without the resolution of its imports. */
export const python: Omit<Language, 'resolver'> = {
  id: 'python',
  ecosystem: 'pypi',
  extensions: ['py', 'pyi', 'pyw'],
  interpreter: /(?:^|[\s/])(?:i?python|pypy)[\d.]*(?:\s|$)|(?:^|[\s/])uv\s+run(?:\s|$)/,
  scan,
  parser: async () => (await import('./parse.ts')).loadParser(),
};
