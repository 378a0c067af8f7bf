import type { ImportableName } from '../../model/language.ts';

/** Files that an import may name without a path. Types beside a package describe it and take no place. */
const MODULE = /^(?!.*\.d\.[cm]?ts$).*\.(?:[cm]?[jt]sx?|vue|svelte|astro|mdx|g[jt]s)$/i;

/** Files that an import may name without a path only by their whole name: `normalize.css` is a package too. */
const STYLES = /\.(?:css|scss|sass|less)$/i;

/**
 * @returns The specifiers by which a program imports a file where an alias, a base of paths or a workspace leads
 *   there: `react` for `react.ts`, `react/index.ts` and `react/package.json`, `chart.js` for `chart.ts`,
 *   `@acme/ui` for `@acme/ui.ts`. Each stands with the folder that it is written from.
 */
export function importableNames(path: string): readonly ImportableName[] {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  if (file === 'package.json') return nameIn(folders);
  if (STYLES.test(file)) return nameIn(path.split('/'));
  if (!MODULE.test(file)) return [];
  const stems = stemsOf(file);
  const fileNames = [file, ...stems, `${stems[0] ?? ''}.js`];
  const names = [...new Set(fileNames)].flatMap((name) => nameIn([...folders, name]));
  return stems.includes('index') ? [...names, ...nameIn(folders)] : names;
}

/** `a.b` and `a` of `a.b.ts`: a platform may stand before the ending (`react.web.tsx`), a name may have dots. */
function stemsOf(file: string): readonly string[] {
  const parts = file.split('.');
  return parts.slice(1).map((_, at) => parts.slice(0, parts.length - 1 - at).join('.'));
}

function nameIn(path: readonly string[]): readonly ImportableName[] {
  const name = path.at(-1);
  if (name === undefined) return [];
  const parts = path.at(-2)?.startsWith('@') ? 2 : 1;
  return [{ specifier: path.slice(-parts).join('/'), folder: path.slice(0, -parts).join('/') }];
}
