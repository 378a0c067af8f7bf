import type { Language } from '../model/language.ts';
import { go } from './go/index.ts';
import { javascript } from './javascript/index.ts';
import { python } from './python/index.ts';
import { rust } from './rust/index.ts';
import { shell } from './shell/index.ts';

/** Every language that references to packages are read from. */
export const languages: readonly Language[] = [javascript, python, go, rust, shell];
