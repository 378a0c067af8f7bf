import { npmHighImpact } from 'npm-high-impact';
import { lettersOf, textsOf } from '../shared/name-texts.ts';

/** The names of https://github.com/wooorm/npm-high-impact. The build puts the value in place of this module. */
export const npmPopular = textsOf(npmHighImpact, lettersOf);
