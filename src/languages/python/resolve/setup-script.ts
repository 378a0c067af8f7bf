import type { DeclaredFolder } from './roots.ts';

/**
 * The folders that a setup.py names with literals: `package_dir={"": "src"}`, and `find_packages("src")`
 * or `find_namespace_packages(where="src")`. What is computed can't be read without running it.
 */
export function setupScript(text: string): readonly DeclaredFolder[] {
  const mappings = [...text.matchAll(/\bpackage_dir\s{0,9}=\s{0,9}\{([^{}]{0,2000})\}/g)].flatMap(
    ([, body = '']) =>
      [...body.matchAll(/(["'])([\w.]*)\1\s{0,99}:\s{0,99}(["'])([^"'\n]*)\3/g)].map((pair) => ({
        folder: pair[4] ?? '',
        prefix: pair[2] ?? '',
        key: 'package_dir',
      })),
  );
  const finders = [
    ...text.matchAll(/\bfind_(?:namespace_)?packages\(\s{0,99}(?:where\s{0,9}=\s{0,9})?(["'])([^"'\n]*)\1/g),
  ].map((call) => ({ folder: call[2] ?? '', prefix: '', key: 'packages(' }));
  return [...mappings, ...finders];
}
