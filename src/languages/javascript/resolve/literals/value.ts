/**
 * What an expression of a configuration file is worth, as far as its text tells. Nothing is ever run:
 * what isn't literal is `unclear`. A `path` is relative to the repository's root, undefined outside it.
 */
export type Value =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'path'; readonly path: string | undefined }
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'object'; readonly entries: readonly Entry[] }
  | { readonly kind: 'array'; readonly items: readonly Value[] }
  | { readonly kind: 'unclear' };

/** One property of an object literal; `start` is the offset of its key. */
export interface Entry {
  readonly key: string;
  readonly value: Value;
  readonly start: number;
}

export const unclear: Value = { kind: 'unclear' };
