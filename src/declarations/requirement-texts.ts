import type { ReadManifest } from './read.ts';

/** What the lines of manifests ask for: by the name of a package, how it is written with its extras and versions. */
export type RequirementTexts = ReadonlyMap<string, ReadonlySet<string>>;

/** @returns What the lines of one manifest ask for. White space around it, comments and commas are left out. */
export function requirementTexts({ declared }: ReadManifest, text: string): RequirementTexts {
  const texts = new Map<string, Set<string>>();
  for (const { dependency } of declared) {
    if (dependency.name === null) continue;
    const { start } = dependency.span;
    const end = text.slice(start).search(/[\r\n]/);
    const line = end === -1 ? text.slice(start) : text.slice(start, start + end);
    const variants = texts.get(dependency.name) ?? new Set<string>();
    texts.set(dependency.name, variants.add(withoutEnd(line)));
  }
  return texts;
}

/** @returns What several manifests ask for together. */
export function joinedTexts(all: readonly RequirementTexts[]): RequirementTexts {
  const joined = new Map<string, Set<string>>();
  for (const texts of all)
    for (const [name, variants] of texts)
      joined.set(name, new Set([...(joined.get(name) ?? []), ...variants]));
  return joined;
}

/** @returns The version behind `==` or `===`; null where none is pinned. */
export function versionIn(text: string): string | null {
  return /[^=!<>~]={2,3}\s*([\w.!+]+)/.exec(text)?.[1] ?? null;
}

/** @returns The extras that a package is asked for with (PEP 685): `flask[async]`, and of Poetry `flask = { extras = ["async"] }`. */
export function extrasIn(text: string): readonly string[] {
  const list =
    /^[\w.-]+\s*\[([^\]]*)/.exec(text) ?? /^[\w.-]+["']?\s*=\s*\{.*?\bextras\s*=\s*\[([^\]]*)/.exec(text);
  const names = (list?.[1] ?? '').split(',').map((name) => name.replace(/["'\s]/g, ''));
  return names.filter((name) => name !== '').map((name) => name.toLowerCase().replace(/[-_.]+/g, '-'));
}

/** Whoever adds a line to a list of TOML adds a comma to the one above. */
function withoutEnd(line: string): string {
  const bare = line.replace(/\s#.*$/, '');
  let end = bare.length;
  while (end > 0 && /[\s"',\]]/.test(bare.charAt(end - 1))) end -= 1;
  return bare.slice(0, end);
}

/** @returns The packages of which some state asks in other words than another one, or not at all. */
export function changedNames(baseTexts: RequirementTexts, headTexts: RequirementTexts): ReadonlySet<string> {
  const names = new Set([...baseTexts.keys(), ...headTexts.keys()]);
  return new Set([...names].filter((name) => !isEqual(baseTexts.get(name), headTexts.get(name))));
}

function isEqual(left: ReadonlySet<string> | undefined, right: ReadonlySet<string> | undefined): boolean {
  return left?.size === right?.size && [...(left ?? [])].every((text) => right?.has(text));
}
