/** Where a mapping sends a specifier. */
export type Target =
  /** A file or folder, relative to the root, maybe without its ending; undefined outside the repository. */
  | { readonly kind: 'path'; readonly path: string | undefined }
  /** Another specifier. */
  | { readonly kind: 'specifier'; readonly specifier: string }
  /** A path in this folder if there is such a file, else another specifier. */
  | { readonly kind: 'either'; readonly path: string | undefined; readonly specifier: string }
  /** Something that only running the configuration would tell. */
  | { readonly kind: 'unclear' };

/** A mapping of the project's configuration that applies to a specifier. */
export interface SpecifierMapping {
  /** The configuration's file, and how the mapping is called there. */
  readonly file: string;
  readonly key: string;
  /** Looks up the 1-based line of the mapping; only `explain` wants it. */
  readonly line: () => number | null;
  readonly targets: readonly Target[];
  /**
   * - `alias`: its first target that is a file of the project settles. A target in another package is
   *   judged besides the specifier itself, because the mapping may not apply when the program runs.
   * - `binding`: the runtime or the installer obeys it, so its targets replace the specifier.
   * - `reserved`: an alias whose name means nothing else in its project; where it leads to no file, something
   *   generates that.
   * - `root`: a folder that modules are also looked for in; a miss means nothing.
   */
  readonly weight: 'alias' | 'binding' | 'reserved' | 'root';
}

/** What is asked of the project: a bare specifier without query, and the folder of the importing file. */
export interface Ask {
  readonly file: string;
  readonly specifier: string;
}

/** One kind of configuration that maps specifiers. */
export type MappingSource = (ask: Ask) => Promise<readonly SpecifierMapping[]>;

/** A file of the configuration, as it is written. */
export interface Written {
  readonly file: string;
  readonly source: string;
}

/** A kind of configuration that can tell which of its files for a file of the project it can't read. */
export interface ConfigurationSource {
  readonly leads: MappingSource;
  readonly broken: (file: string) => Promise<readonly Written[]>;
}

/**
 * Matches a specifier against a key with at most one `*`, as `paths` of TypeScript, `imports` of Node and
 * kit.alias of Svelte write it.
 *
 * @returns What the `*` stands for (empty for a key without one), or undefined where the key does not match.
 */
export function matchStar(key: string, specifier: string): string | undefined {
  const star = key.indexOf('*');
  if (star === -1) return key === specifier ? '' : undefined;
  const [prefix, suffix] = [key.slice(0, star), key.slice(star + 1)];
  const fits = specifier.length >= prefix.length + suffix.length;
  if (!fits || !specifier.startsWith(prefix) || !specifier.endsWith(suffix)) return undefined;
  return specifier.slice(prefix.length, specifier.length - suffix.length);
}

/**
 * @returns The keys that match, best first: exact ones, then the longest text before the `*`
 *   (https://nodejs.org/api/esm.html#resolution-algorithm-specification, PATTERN_KEY_COMPARE).
 */
export function bestKeys<T>(
  entries: readonly (readonly [string, T])[],
  specifier: string,
): readonly { readonly key: string; readonly value: T; readonly star: string }[] {
  const length = (key: string) => (key.includes('*') ? key.indexOf('*') : Infinity);
  return entries
    .flatMap(([key, value]) => {
      const star = matchStar(key, specifier);
      return star === undefined ? [] : [{ key, value, star }];
    })
    .sort((left, right) => compare(length(right.key), length(left.key)));
}

function compare(left: number, right: number): number {
  return left === right ? 0 : left - right;
}
