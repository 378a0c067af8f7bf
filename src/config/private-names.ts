import { packageOf } from '../ecosystems/index.ts';
import type { Package } from '../model/package.ts';

/**
 * @param patterns Names of `privateNames`; `*` stands for any text.
 * @returns Whether a package is one whose name is sent nowhere.
 */
export function privateMatcher(patterns: readonly string[]): (subject: Package) => boolean {
  return ({ ecosystem, name }) =>
    patterns.some((pattern) => {
      const parts = pattern.split('*');
      if (parts.length === 1) return packageOf(ecosystem, pattern).name === name;
      return matches(
        parts.map((part) => packageOf(ecosystem, part).name),
        name,
      );
    });
}

/** Do the parts stand in the name in this order, the first at its start and the last at its end? */
function matches(parts: readonly string[], name: string): boolean {
  const [first = '', ...remainingParts] = parts;
  const last = remainingParts.pop() ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false;
  let from = first.length;
  for (const part of remainingParts) {
    const at = name.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return from <= name.length - last.length;
}
