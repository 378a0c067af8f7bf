/** @returns Whether GitHub and GitLab take a text for an owner: a person, a team or an email address. */
export function isOwner(text: string): boolean {
  return /^(?:@[\w.-]+(?:\/[\w.-]+)*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)$/.test(text);
}

/**
 * Gives paths their owners. They come last, because of several patterns that match the last one counts. A pattern that
 * stands there already keeps its owners.
 *
 * @param text null where there is no such file. @param paths Relative to the root; a folder ends with a slash.
 */
export function withOwners(text: string | null, paths: readonly string[], owners: readonly string[]): string {
  const present = new Set((text ?? '').split('\n').map((line) => /^(?:\\.|\S)+/.exec(line)?.[0] ?? ''));
  const patterns = paths.map((path) => `/${path.replaceAll(/[\\ #[\]]/g, '\\$&')}`);
  const missing = patterns.filter((pattern) => !present.has(pattern));
  if (missing.length === 0) return text ?? '';
  const lines = missing.map((pattern) => `${pattern} ${owners.join(' ')}\n`).join('');
  if (text === null || text === '') return lines;
  return `${text}${text.endsWith('\n') ? '' : '\n'}${lines}`;
}
