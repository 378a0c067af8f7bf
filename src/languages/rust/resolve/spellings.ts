/**
 * Packages whose library bears another name than they do, by that of the library, as their manifests have it (November
 * 2026). Of 160 packages that were looked at none had one, so these few are those that people meet.
 */
const PACKAGES_BY_LIBRARY: ReadonlyMap<string, string> = new Map([
  ['crypto', 'rust-crypto'],
  ['debug_unreachable', 'new_debug_unreachable'],
  ['freetype', 'freetype-rs'],
  ['graphics', 'piston2d-graphics'],
  ['inflector', 'Inflector'],
  ['ini', 'rust-ini'],
  ['libcst_native', 'libcst'],
  ['lmdb', 'lmdb-rkv'],
  ['md5', 'md-5'],
  ['opengl_graphics', 'piston2d-opengl_graphics'],
  ['sha1', 'sha-1'],
  ['stats', 'streaming-stats'],
  ['xml', 'xml-rs'],
]);

/** @returns The package that is known for a library of another name than its own; none for most names. */
export function packagesOfLibrary(name: string): readonly string[] {
  return [PACKAGES_BY_LIBRARY.get(name)].filter((each) => each !== undefined);
}

/**
 * @param name In code: `ini`.
 * @returns Whether a package may have a library of this name, as what its own name means to say: `rust-ini`, `ini-rs`, `libini`.
 */
export function mayHaveLibrary(packageName: string, name: string): boolean {
  const inCode = packageName.replaceAll('-', '_');
  return inCode.endsWith(`_${name}`) || [`${name}_rs`, `${name}_rust`, `lib${name}`].includes(inCode);
}

/** So many `_` of a name are looked at one by one: 2³ spellings. */
const MOST_SIGNS = 3;

/** @returns The packages that programs may call by a name: each `_` may stand for `-`; that with `_` alone comes first. */
export function spellingsOf(name: string): readonly [string, ...string[]] {
  // What stands at its ends is no sign between two words.
  const [start = ''] = /^_*/.exec(name) ?? [];
  const inner = name.slice(start.length).replace(/(?<!_)_+$/, '');
  const end = name.slice(start.length + inner.length);
  const pieces = inner.split('_');
  if (pieces.length - 1 > MOST_SIGNS) return [name, `${start}${pieces.join('-')}${end}`];
  let spellings: readonly string[] = [pieces[0] ?? ''];
  for (const piece of pieces.slice(1))
    spellings = ['_', '-'].flatMap((sign) => spellings.map((head) => `${head}${sign}${piece}`));
  const [, ...furtherSpellings] = spellings.map((each) => `${start}${each}${end}`);
  return [name, ...furtherSpellings];
}
