/**
 * @param name Of a crate.
 * @returns Where a sparse index has its file: `1/a`, `2/ab`, `3/a/abc`, `ab/cd/abcd`, in small letters
 *   (https://doc.rust-lang.org/cargo/reference/registry-index.html#index-files).
 */
export function indexPath(name: string): string {
  const small = name.toLowerCase();
  if (small.length <= 2) return `${small.length}/${small}`;
  if (small.length === 3) return `3/${small.charAt(0)}/${small}`;
  return `${small.slice(0, 2)}/${small.slice(2, 4)}/${small}`;
}

/** A name with more of them is asked for with all of them alike, and no more. */
const MOST_SEPARATORS = 2;

/**
 * Programs write `_` for `-`, so that a name out of one may be any of these. crates.io has one of them at most.
 *
 * @returns The same name with `-` and `_` put otherwise, those with one of both alone first.
 */
export function otherSpellings(name: string): readonly string[] {
  const parts = name.split(/[-_]/);
  const alike = ['-', '_'].map((separator) => parts.join(separator));
  const mixed = parts.length - 1 > MOST_SEPARATORS ? [] : spellingsOf(parts);
  return [...new Set([...alike, ...mixed])].filter((spelling) => spelling !== name);
}

function spellingsOf(parts: readonly string[]): readonly string[] {
  const [first = '', ...following] = parts;
  return following.reduce<readonly string[]>(
    (spellings, part) =>
      spellings.flatMap((start) => ['-', '_'].map((separator) => start + separator + part)),
    [first],
  );
}
