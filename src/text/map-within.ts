/**
 * Maps a list with a bound on how many are under way at once.
 *
 * @returns The results in the order of the items.
 */
export async function mapWithin<T, R>(
  limit: number,
  items: readonly T[],
  map: (item: T, at: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) {
      for (const item of items.slice(at, at + 1)) results[at] = await map(item, at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
