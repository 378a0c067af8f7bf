import type { Folders } from './folders.ts';
import { lineOfKey, readJson } from '../../../documents/jsonc.ts';
import { asText, member, members } from '../../../documents/values.ts';
import type { ConfigurationSource, SpecifierMapping, Target } from './lead.ts';
import { memo } from './memo.ts';
import { folderOf, inFolder, isWithin, joinPath } from '../../../text/paths.ts';
import type { Reader } from './reader.ts';

/** An import map, with the file that it stands in and from which its paths start. */
export interface ImportMap {
  readonly file: string;
  readonly source: string;
  readonly json: unknown;
}

/**
 * Import maps of Deno above a file, nearest first: `imports` and `scopes` of deno.json, or of the file that
 * its `importMap` names. https://docs.deno.com/runtime/fundamentals/configuration/#dependencies,
 * https://html.spec.whatwg.org/multipage/webappapis.html#resolving-an-imports-match
 */
export function denoSource(reader: Reader, folders: Folders): ConfigurationSource {
  const maps = memo((file) => readMaps(file, reader));
  const importMaps = async (file: string) => {
    const files = await folders.above(file, ['deno.json', 'deno.jsonc']);
    return (await Promise.all(files.map(maps))).flat();
  };
  return {
    leads: async ({ file, specifier }) =>
      (await importMaps(file)).flatMap((map) => leadOf(map, file, specifier) ?? []),
    broken: async (file) => (await importMaps(file)).filter(({ json }) => json === undefined),
  };
}

async function readMaps(file: string, reader: Reader): Promise<readonly ImportMap[]> {
  const source = (await reader.text(file)) ?? '';
  const json = readJson(source);
  const named = asText(member(json, 'importMap'));
  const inlineMap = { file, source, json };
  const target = named === null ? undefined : joinPath(folderOf(file), named);
  const mapped =
    target === undefined || /^[a-z]+:/i.test(named ?? '') ? undefined : await reader.text(target);
  if (target === undefined || mapped === undefined) return [inlineMap];
  return [inlineMap, { file: target, source: mapped, json: readJson(mapped) }];
}

/** @returns The lead that an import map gives for a specifier of a file; undefined where it has none. */
export function leadOf(
  { file: map, source, json }: ImportMap,
  file: string,
  specifier: string,
): SpecifierMapping | undefined {
  const folder = folderOf(map);
  const scopes = members(member(json, 'scopes'))
    .filter(([scope]) => {
      const path = joinPath(folder, scope);
      return path !== undefined && isWithin(path, file);
    })
    .sort(([left], [right]) => right.length - left.length)
    .map(([, imports]) => imports);
  for (const imports of [...scopes, member(json, 'imports')]) {
    const match = matchIn(imports, specifier);
    if (!match) continue;
    const line = () => lineOfKey(source, match.key);
    return { file: map, key: match.key, line, targets: [targetOf(match.target, folder)], weight: 'binding' };
  }
  return undefined;
}

/** Exact keys first, then the longest key with a `/` at its end; `jsr:` and `npm:` targets also carry subpaths. */
function matchIn(imports: unknown, specifier: string): { key: string; target: string } | undefined {
  const entries = members(imports).flatMap(([key, value]) =>
    typeof value === 'string' ? [{ key, value }] : [],
  );
  const exact = entries.find(({ key }) => key === specifier);
  if (exact) return { key: exact.key, target: exact.value };
  const [best] = entries
    .filter(({ key, value }) => {
      if (key.endsWith('/')) return specifier.startsWith(key) && value.endsWith('/');
      return /^(?:npm|jsr):/.test(value) && specifier.startsWith(`${key}/`);
    })
    .sort((left, right) => right.key.length - left.key.length);
  return best && { key: best.key, target: best.value + specifier.slice(best.key.length) };
}

function targetOf(target: string, folder: string): Target {
  if (/^\.{0,2}\//.test(target)) return { kind: 'path', path: joinPath(folder, target) };
  return { kind: 'specifier', specifier: target };
}

/** @returns The name under which a member of a Deno workspace is imported, and the file that says so. */
export async function denoName(
  folder: string,
  reader: Reader,
): Promise<{ readonly name: string; readonly file: string } | undefined> {
  for (const file of [inFolder(folder, 'deno.json'), inFolder(folder, 'deno.jsonc')]) {
    const source = await reader.text(file);
    const name = source === undefined ? null : asText(member(readJson(source), 'name'));
    if (name !== null) return { name, file };
  }
  return undefined;
}
