import type { Language } from '../model/language.ts';
import { javascript } from './javascript/index.ts';
import { python } from './python/index.ts';

/** Every language that imports are read from. */
export const languages: readonly Language[] = [javascript, python];
