/** A manifest at the start of a script of cargo, or in the comment at the start of one of rust-script. */
const manifest = /^\ufeff?(?:#!(?!\s*\[)[^\n]*\n)?\s*---|```cargo\b/;

/** @returns Whether a text may hold a manifest of its own: a look that loads nothing. */
export function mentionsManifest(text: string): boolean {
  return manifest.test(text);
}
