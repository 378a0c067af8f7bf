import type { KnownRule } from '../../src/config/config.ts';
import { rules as allRules } from '../../rules/index.ts';

/** Every rule, as the config's reader knows them. */
export const rules: readonly KnownRule[] = allRules;
