import type { RegistrySettings, Trust } from '../../model/registry.ts';

/** A settings file: its text, whose it is, and what messages call it: `~/.npmrc`, `.npmrc`. */
export interface SettingsText {
  readonly text: string;
  readonly trust: Trust;
  readonly from: string;
}

/** @returns The user's own files that are there, in the order of their paths. */
export async function userFiles(
  paths: readonly string[],
  read: RegistrySettings['read'],
): Promise<readonly SettingsText[]> {
  const texts = await Promise.all(paths.map(async (path) => ({ path, text: await read(path) })));
  return texts.flatMap(({ path, text }) =>
    text === null ? [] : [{ text, trust: 'user' as const, from: path }],
  );
}
