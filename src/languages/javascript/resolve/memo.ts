/** Files come folder by folder, so what was asked for long ago is asked for no more. */
const MOST_VALUES = 2000;

/** @returns The function, which computes the value of a key once as long as it is asked for again soon. */
export function memo<Value>(compute: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const cache = new Map<string, Promise<Value>>();
  return (key) => {
    const cached = cache.get(key);
    if (cached) return cached;
    const value = compute(key);
    if (cache.size >= MOST_VALUES) cache.clear();
    cache.set(key, value);
    return value;
  };
}
