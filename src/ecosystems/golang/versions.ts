/** A version of a module: a tag, or a commit in the place of one (https://go.dev/ref/mod#versions). */
const version = /^v(?:0|[1-9]\d{0,17})(?:\.(?:0|[1-9]\d{0,17})){2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/** @returns Whether a text is a whole version. */
export function isVersion(text: string): boolean {
  return version.test(text);
}
