import { posix } from 'node:path';

/** Endings that a module's path may be written without (TypeScript, Vite, Metro, in this order). */
const endings = [
  ...['.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.d.mts', '.d.cts', '.json'],
  ...['.vue', '.svelte', '.astro', '.mdx', '.gts', '.gjs', '.svelte.ts', '.svelte.js'],
  ...['.css', '.scss', '.sass', '.less', '.svg'],
];

/** Files for one platform alone: https://reactnative.dev/docs/platform-specific-code */
const platformEndings = ['.web', '.native', '.ios', '.android'].flatMap((platform) =>
  ['.tsx', '.ts', '.jsx', '.js'].map((ending) => platform + ending),
);

/**
 * Sources that an import may name by their output:
 * https://www.typescriptlang.org/docs/handbook/modules/reference.html#file-extension-substitution
 */
const sourcesOfOutput = new Map([
  ['.js', ['.ts', '.tsx', '.d.ts', '.jsx']],
  ['.jsx', ['.tsx', '.d.ts']],
  ['.mjs', ['.mts', '.d.mts']],
  ['.cjs', ['.cts', '.d.cts']],
]);

/**
 * @param path Where a mapping leads, relative to the root, possibly without its ending.
 * @returns The files that it may mean, most likely first.
 */
export function candidates(path: string): readonly string[] {
  const ending = /\.[cm]?jsx?$/.exec(path)?.[0] ?? '';
  const stem = path.slice(0, path.length - ending.length);
  const inside = path === '' ? '' : `${path}/`;
  return [
    path,
    ...(sourcesOfOutput.get(ending) ?? []).map((source) => stem + source),
    ...[...endings, ...platformEndings].map((suffix) => path + suffix),
    ...endings.map((suffix) => `${inside}index${suffix}`),
    `${inside}package.json`,
  ];
}

/**
 * @returns The package that a path through `node_modules` leads into; `null` where it goes through
 *   `node_modules` without naming one; undefined where it does not go there. Some file systems don't tell
 *   capitals from small letters.
 */
export function packageOnPath(path: string): string | null | undefined {
  if (!/node_modules|%/i.test(path)) return undefined;
  const parts = posix.normalize(decoded(path).replaceAll('\\', '/')).split('/');
  const at = parts.findLastIndex((part) => part.toLowerCase() === 'node_modules');
  if (at === -1) return undefined;
  const [first = '', second = ''] = parts.slice(at + 1);
  if (first === '' || first.startsWith('.')) return null;
  if (!first.startsWith('@')) return first;
  return second === '' ? null : `${first}/${second}`;
}

/** To ES modules a path is part of a URL (https://nodejs.org/api/esm.html#file-urls). */
function decoded(path: string): string {
  return path.replace(/%([2-7][0-9a-f])/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
