import { packagePart } from './names.ts';
import type { Reader } from './reader.ts';
import { DECLARATION } from './targets.ts';

/** More declaration files are not looked at for the sake of one name. */
const MOST_FILES = 200;

/** @returns The file that declares a module of exactly this name; undefined where none does. */
export type PlaceholderFile = (specifier: string) => Promise<string | undefined>;

/**
 * Finds the declaration of a name that a build puts something in the place of: `declare module "MANIFEST"`. Only a name
 * that nobody can register counts, since capitals are not allowed any more; a few old packages have them
 * (https://docs.npmjs.com/cli/configuring-npm/package-json#name). Declarations are read once, for the first such name.
 */
export function placeholderFiles(reader: Reader): PlaceholderFile {
  let declarations: Promise<ReadonlyMap<string, string>> | undefined;
  return async (specifier) => {
    const name = packagePart(specifier);
    if (!/[A-Z]|^_/.test(name) || name.startsWith('@')) return undefined;
    declarations ??= declaredModules(reader);
    return (await declarations).get(specifier);
  };
}

/** @returns The first file that declares each module, by the module's name. */
async function declaredModules(reader: Reader): Promise<ReadonlyMap<string, string>> {
  const modules = new Map<string, string>();
  for (const file of (await reader.matching(DECLARATION)).slice(0, MOST_FILES)) {
    const text = (await reader.text(file)) ?? '';
    for (const [, , name = ''] of text.matchAll(/\bdeclare\s+module\s+(["'])([^"'\r\n]+)\1/g))
      if (!modules.has(name)) modules.set(name, file);
  }
  return modules;
}
