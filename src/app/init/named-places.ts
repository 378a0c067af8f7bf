import type { Files } from '../../model/language.ts';
import { SETTINGS_NAME, TOOL } from '../../model/tool.ts';
import { settingUpLines } from '../../starts/setting-up.ts';

/** Where a project names this tool; each place as `FILE:LINE`. */
export interface NamedPlaces {
  /** What sets it up. */
  readonly starts: readonly string[];
  /** The comments that ignore a line. */
  readonly comments: readonly string[];
}

/** What a manifest says to bring the tool, and where its config begins. */
const dependencyOrConfig = new RegExp(
  [
    String.raw`"${TOOL}"\s*:\s*"[^"]*"|"${SETTINGS_NAME}"\s*:\s*\{|\[tool\.["']?${SETTINGS_NAME}\b`,
    // An item of a list of pyproject.toml, and a key of Poetry's.
    String.raw`(["'])${TOOL}[ \t]*(?:[\[<>=!~;@].*?)?\1(?!\s*:)|^[ \t]*${TOOL}[ \t]*=.*$`,
  ].join('|'),
  'g',
);

const ignoring = new RegExp(String.raw`(?:#|//)[ \t]*(?:${SETTINGS_NAME}|${TOOL}): ignore\[`);

/**
 * Looks through the files of the last commit that name this tool, as they are in the work tree.
 *
 * @param skipped Files of which nothing sets the tool up that is not told already.
 * @param manifests Files of which that holds for a dependency and for the config.
 */
export async function namedPlaces(
  files: Pick<Files, 'text'>,
  committed: readonly Pick<Files, 'holding'>[],
  {
    skipped,
    manifests,
  }: { readonly skipped: readonly string[]; readonly manifests: readonly (string | null)[] },
): Promise<NamedPlaces> {
  const paths = new Set<string>();
  for (const base of committed)
    for (const path of (await base.holding?.([TOOL, SETTINGS_NAME])) ?? []) paths.add(path);
  const starts: string[] = [];
  const comments: string[] = [];
  for (const path of [...paths].sort()) {
    const text = (await files.text(path)) ?? '';
    for (const [at, line] of text.split('\n').entries()) {
      const place = `${path}:${String(at + 1)}`;
      const undeclared = manifests.includes(path) ? line.replaceAll(dependencyOrConfig, '') : line;
      if (!skipped.includes(path) && settingUpLines(path, undeclared).length > 0) starts.push(place);
      if (ignoring.test(line)) comments.push(place);
    }
  }
  return { starts, comments };
}
