import type { Files } from '../model/language.ts';
import { defaults, type KnownRule } from './config.ts';
import { findConfig } from './find.ts';
import type { ConfigRead } from './read.ts';

/**
 * Finds and reads the config of a project. Most have none: what reads one is loaded when it is needed.
 *
 * @returns The config, which is `defaults` where there is none; or every fault.
 */
export async function loadConfig(files: Files, rules: readonly KnownRule[]): Promise<ConfigRead> {
  const searchResult = await findConfig(files);
  if (searchResult.kind === 'none') return { kind: 'config', config: defaults };
  if (searchResult.kind === 'faults') return searchResult;
  const { readConfig } = await import('./read.ts');
  return readConfig(searchResult.source, searchResult.text, rules);
}
