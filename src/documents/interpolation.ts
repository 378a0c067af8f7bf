/** How deeply options may refer to options (`MAX_INTERPOLATION_DEPTH` of configparser). */
const DEPTH = 10;

/** In UTF-16 code units: each level can double a value, honest ones stay far below. */
const LONGEST = 100_000;

/**
 * What a value stands for, as `BasicInterpolation` of Python's configparser reads it
 * (https://docs.python.org/3/library/configparser.html#interpolation-of-values): `%(name)s` stands for another option,
 * `%%` for a percent sign.
 *
 * @param valueOf The value of an option as written, by its key as the reference names it.
 * @returns null where Python refuses the value, or where it grows without bounds.
 */
export function interpolate(value: string, valueOf: (name: string) => string | undefined): string | null {
  let left = LONGEST;
  const expand = (text: string, depth: number): string | null => {
    left -= text.length;
    if (depth > DEPTH || left < 0) return null;
    const pieces: string[] = [];
    let at = 0;
    for (const { 0: mark, index, groups } of text.matchAll(/%(?:%|\((?<name>[^)]+)\)s|)/g)) {
      pieces.push(text.slice(at, index));
      at = index + mark.length;
      const name = groups?.['name'];
      const inner = name === undefined ? undefined : valueOf(name);
      const piece = mark === '%%' ? '%' : inner === undefined ? null : expand(inner, depth + 1);
      if (piece === null) return null;
      pieces.push(piece);
    }
    return pieces.join('') + text.slice(at);
  };
  return expand(value, 1);
}
