import { packagePart } from './names.ts';
import type { Reader } from './reader.ts';
import { DECLARATION } from './targets.ts';

/** More declaration files are not looked at for the sake of one name. */
const MOST_FILES = 200;

/**
 * Finds the declaration of a name that a build puts something in the place of: `declare module "MANIFEST"`. Only a name
 * that nobody can register counts, since capitals are not allowed any more; a few old packages have them
 * (https://docs.npmjs.com/cli/configuring-npm/package-json#name).
 *
 * @returns The file that declares a module of exactly this name; undefined where none does.
 */
export async function placeholderFile(specifier: string, reader: Reader): Promise<string | undefined> {
  const name = packagePart(specifier);
  if (!/[A-Z]|^_/.test(name) || name.startsWith('@')) return undefined;
  const files = (await reader.matching(DECLARATION)).slice(0, MOST_FILES);
  for (const file of files) if (declares((await reader.text(file)) ?? '', specifier)) return file;
  return undefined;
}

function declares(text: string, specifier: string): boolean {
  const declarations = text.matchAll(/\bdeclare\s+module\s+(["'])([^"'\r\n]+)\1/g);
  return [...declarations].some(([, , name]) => name === specifier);
}
