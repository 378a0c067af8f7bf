import { posix } from 'node:path';

/** Endings that a module's path may be written without (TypeScript, Vite, Metro, in this order). */
const endings = [
  ...['.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.d.mts', '.d.cts', '.json'],
  ...['.vue', '.svelte', '.astro', '.mdx', '.gts', '.gjs', '.svelte.ts', '.svelte.js'],
  ...['.css', '.scss', '.sass', '.less', '.svg'],
];

/** What a file has to be to stand for a specifier that it does not spell. */
export interface Completion {
  readonly specifier: string;
  /** The import may be one of types. */
  readonly types: boolean;
  /**
   * - `program`: a module or a component, as compilers complete a name in any folder that they search.
   * - `source`: also JSON, as bundlers complete the path of an alias.
   * - `any`: also styles and declarations, where the specifier can be no package.
   */
  readonly as: 'program' | 'source' | 'any';
}

/** @returns Whether a file can be what is imported, by its ending; `path` is what the mapping leads to. */
export function completes(file: string, path: string, { types, as, specifier }: Completion): boolean {
  if (as === 'any' || /(?:^|\/)package\.json$/.test(file)) return true;
  if (isDeclaration(file)) return types;
  if (isProgram(file) || /\.(?:vue|svelte|astro|mdx)$/.test(file)) return true;
  if (as === 'source') return file === path || file.endsWith('.json');
  const ending = posix.extname(file);
  return file === path && ending !== '' && specifier.endsWith(ending);
}

/** @returns Whether a file is JavaScript or TypeScript that runs. */
export function isProgram(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file) && !isDeclaration(file);
}

/** The name of a file that declares types alone. */
export const DECLARATION = /\.d\.[cm]?ts$/;

/** @returns Whether a file declares types alone, and nothing in it is run. */
export function isDeclaration(file: string): boolean {
  return DECLARATION.test(file);
}

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
  const stem = withoutEnding(path);
  const ending = path.slice(stem.length);
  const inside = path === '' ? '' : `${path}/`;
  return [
    path,
    ...(sourcesOfOutput.get(ending) ?? []).map((source) => stem + source),
    ...[...endings, ...platformEndings].map((suffix) => path + suffix),
    ...endings.map((suffix) => `${inside}index${suffix}`),
    `${inside}package.json`,
  ];
}

/** Endings of which `candidates` puts one behind a path. */
const completions = new Set([...endings, ...platformEndings]);

/** @returns The path without an ending of JavaScript. */
export function withoutEnding(path: string): string {
  return path.replace(/\.[cm]?jsx?$/, '');
}

/** @returns The paths that a file completes with its ending. */
export function stemsOf(file: string): readonly string[] {
  const stems: string[] = [];
  // None of the endings has more than two dots.
  let dot = file.lastIndexOf('.');
  for (let parts = 0; parts < 2 && dot > file.lastIndexOf('/'); parts += 1) {
    if (completions.has(file.slice(dot))) stems.push(file.slice(0, dot));
    dot = dot === 0 ? -1 : file.lastIndexOf('.', dot - 1);
  }
  return stems;
}

/** @returns Whether a file is among the `candidates` of a path that it does not spell. */
export function isCandidate(file: string, path: string): boolean {
  if (file.startsWith(path) && completions.has(file.slice(path.length))) return true;
  const index = path === '' ? 'index' : `${path}/index`;
  if (file.startsWith(index) && endings.includes(file.slice(index.length))) return true;
  const stem = withoutEnding(path);
  const sources = sourcesOfOutput.get(path.slice(stem.length)) ?? [];
  return sources.some((source) => file === stem + source);
}

/**
 * @param file The program that imports the path.
 * @returns The few files that a path means in nearly all programs: what it spells, or a program of the importing one's kind.
 */
export function likelyCandidates(path: string, file: string): readonly string[] {
  const ending = posix.extname(path);
  const stem = path.slice(0, path.length - ending.length);
  const spelled = [path, ...(sourcesOfOutput.get(ending) ?? []).map((source) => stem + source)];
  if (isProgram(path)) return spelled;
  const suffixes = new Set([...(isProgram(file) ? [posix.extname(file)] : []), '.ts', '.tsx', '.js']);
  const inside = path === '' ? '' : `${path}/`;
  return [...spelled, ...[...suffixes].flatMap((suffix) => [path + suffix, `${inside}index${suffix}`])];
}

/** Styles and images of a module bear its name, and stand for it nowhere: only an alias may mean them. */
const BESIDE_MODULES = /\.(?:css|scss|sass|less|svg)$/;

/**
 * @param files What is left of the candidates of the path.
 * @returns The files that a path of a program may mean, most likely first.
 */
export function moduleCandidates(path: string, files = candidates(path)): readonly string[] {
  return files.filter((file) => file === path || !BESIDE_MODULES.test(file));
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
