import configSchema from '../../schema/config.schema.json' with { type: 'json' };
import type { KnownRule } from '../../src/config/config.ts';

/** The rules that the shipped schema names, so that schema and reader judge the same fixtures. */
export const rules: KnownRule[] = Object.entries(configSchema.properties.rules.properties).map(
  ([id, level]) => ({ id, fixed: 'const' in level }),
);
