/**
 * Many names as one text, and their keys (see `lookalikeKey` of an ecosystem) as another one: a name on each line, in the
 * same order. Both begin and end with a line end. So 17,000 names are read, searched and compared without being made into
 * as many strings.
 */
export interface NameTexts {
  readonly names: string;
  readonly keys: string;
}

/** Widely used packages of one ecosystem. */
export interface PopularNames {
  readonly names: readonly string[] | NameTexts;
  /** The modules of packages whose name doesn't tell them. */
  readonly modules: ReadonlyMap<string, readonly string[]>;
}
