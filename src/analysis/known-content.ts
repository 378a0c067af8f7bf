import type { Change, Snapshot } from '../model/snapshot.ts';

/** The state that is judged and those that it is compared with. */
export interface ContentStates {
  readonly next: Snapshot;
  readonly bases: readonly Snapshot[];
}

/**
 * A file of the same content as one before brings nothing new, also where nobody can read it.
 *
 * @param wasRead Whether a file of a base was read for the same as this one.
 */
export async function isKnownContent(
  { path, previous }: Change,
  { next, bases }: ContentStates,
  wasRead: (oldPath: string) => boolean,
): Promise<boolean> {
  const id = (await next.contentIds([path]))?.get(path);
  if (id === undefined) return false;
  for (const [at, base] of bases.entries()) {
    const paths = (previous[at] ?? []).filter(wasRead);
    const ids = await base.contentIds(paths);
    if (paths.some((old) => ids?.get(old) === id)) return true;
  }
  return false;
}
