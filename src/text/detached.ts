/** A part of fewer UTF-16 code units is copied by V8 itself (SlicedString::kMinLength in its `src/objects/string.h`). */
const SHORTEST = 13;

/**
 * Of a longer part V8 keeps a reference into the text that it was cut from, which lives as long as the part does: a specifier
 * that is remembered would keep its whole file.
 *
 * @returns The same characters, by themselves.
 */
export function detached(part: string): string {
  if (part.length < SHORTEST) return part;
  // What is put together is copied as soon as something is cut off.
  return ` ${part}`.slice(1);
}
