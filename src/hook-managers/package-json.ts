import { parseJson } from '../documents/values.ts';
import type { HookEnvironment } from './manager.ts';

/** @returns A map of JSON data, or null for anything else. */
export function mapOf(value: unknown): ReadonlyMap<string, unknown> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return new Map<string, unknown>(Object.entries(value));
}

/** @returns The top level of a JSON file, or null where there is none that can be read. */
export async function readJsonMap(
  site: HookEnvironment,
  path: string,
): Promise<ReadonlyMap<string, unknown> | null> {
  const file = await site.read(path);
  return file ? mapOf(parseJson(file.text)) : null;
}

/** @returns Whether the project's package.json asks for a package. */
export async function dependsOn(site: HookEnvironment, name: string): Promise<boolean> {
  const manifest = await readJsonMap(site, 'package.json');
  return ['devDependencies', 'dependencies', 'optionalDependencies'].some(
    (table) => mapOf(manifest?.get(table))?.has(name) ?? false,
  );
}
