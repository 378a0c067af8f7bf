import { literalsIn } from '../literals.ts';
import { codeOnly } from '../logical-lines.ts';
import type { DeclaredFolder } from './roots.ts';

/**
 * The folders that a setup.py names with literals: `package_dir={"": "src"}`, and `find_packages("src")`
 * or `find_namespace_packages(where="src")`. What is computed can't be read without running it, and comments name nothing.
 */
export function setupScript(text: string): readonly DeclaredFolder[] {
  const code = codeOnly(text);
  const literals = (start: number, { length }: string) =>
    literalsIn(text, code, { start, end: start + length });
  const mappings = [...code.matchAll(/\bpackage_dir\s{0,9}=\s{0,9}\{([^{}]{0,2000})\}/g)].flatMap(
    ({ index, 0: { length }, 1: body = '' }) => {
      const start = index + length - body.length - 1;
      const pairs = [...body.matchAll(/["'] *["']\s{0,99}:\s{0,99}["'] *["']/g)];
      return pairs.flatMap((pair) => {
        const [prefix = '', folder = ''] = literals(start + pair.index, pair[0]);
        return /^[\w.]*$/.test(prefix)
          ? [{ folder, prefix, key: 'package_dir', reader: 'runner' as const }]
          : [];
      });
    },
  );
  const finders = [
    ...code.matchAll(/\bfind_(?:namespace_)?packages\(\s{0,99}(?:where\s{0,9}=\s{0,9})?(?=(["'] *["']))/g),
  ].flatMap(({ index, 0: { length }, 1: literal = '' }) => {
    const [folder = ''] = literals(index + length, literal);
    return [{ folder, prefix: '', key: 'packages(', reader: 'runner' as const }];
  });
  return [...mappings, ...finders];
}
