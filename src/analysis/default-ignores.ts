import { defaults, type Config } from '../config/config.ts';
import { formatOf } from '../declarations/read.ts';
import { ignoring } from '../policy/ignores.ts';
import type { AnalysisOptions } from './analyse.ts';
import { kindOf } from './source-kinds.ts';

/** A default that a config does not name, and what it alone leaves out. */
interface UnnamedDefault {
  readonly glob: string;
  readonly paths: readonly string[];
}

/**
 * Elsewhere a list of paths often replaces the defaults: whoever wrote one may think that everything else is checked. A
 * config that takes a default away, or repeats the one that leaves a file out, knows better.
 *
 * @param ignored Paths that the config leaves out.
 * @returns A note where files are left out that the config itself does not name, and that would be checked.
 */
export async function defaultIgnores(
  ignored: readonly string[],
  { config, kinds, manifests }: { readonly config: Config } & Pick<AnalysisOptions, 'kinds' | 'manifests'>,
): Promise<readonly string[]> {
  const { source, ignorePaths } = config;
  const isNamed = (glob: string) => source?.lines.has(`ignorePaths.${glob}`) === true;
  const takesDefaultAway = defaults.ignorePaths.some((glob) => !ignorePaths.includes(glob));
  if (source === null || takesDefaultAway) return [];
  const isIgnored = await ignoring(ignorePaths.filter(isNamed));
  const isChecked = (path: string) =>
    kindOf(path, kinds) !== undefined || formatOf(path, manifests.formats) !== undefined;
  const paths = ignored.filter((path) => isChecked(path) && !isIgnored(path));
  const unnamed: UnnamedDefault[] = [];
  for (const glob of defaults.ignorePaths) {
    const matches = await ignoring([glob]);
    const leftOut = paths.filter((path) => matches(path));
    if (!isNamed(glob) && leftOut.length > 0) unnamed.push({ glob, paths: leftOut });
  }
  const [first] = unnamed;
  if (first === undefined) return [];
  const place = [source.file, source.lines.get('ignorePaths')].join(':');
  const globs = unnamed.map(({ glob }) => glob).join(', ');
  const more = paths.length > 1 ? ` and ${String(paths.length - 1)} more` : '';
  return [
    `${place}: “ignorePaths” adds to the defaults. Not checked: ${String(first.paths[0])}${more} (${globs}). ` +
      `Write “!${first.glob}” there to check such files, or “${first.glob}” to leave them out without this note.`,
  ];
}
