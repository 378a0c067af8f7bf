import { readJson } from '../../../documents/jsonc.ts';
import { asText, member, textsOf } from '../../../documents/values.ts';
import { folderOf, inFolder, isWithin, joinPath } from '../../../text/paths.ts';
import type { TrackedNames } from '../../shared/tracked-names.ts';
import { conditionsOf } from './imports-field.ts';
import { filesMeantBy, wordsOf } from './named-files.ts';
import type { OwnState } from './own-modules.ts';
import type { Reader } from './reader.ts';

/** Fields of package.json that name files which a package brings along: https://docs.npmjs.com/cli/configuring-npm/package-json */
const ENTRIES = [
  'main',
  'module',
  'browser',
  'types',
  'typings',
  'bin',
  'exports',
  'files',
  'unpkg',
  'jsdelivr',
];

/**
 * Looks for settings of a state by which a build writes a path.
 *
 * @returns What says so, in words; undefined where nothing does.
 */
export async function outputReason(
  { path, file }: { readonly path: string; readonly file: string },
  state: OwnState,
  names: TrackedNames,
): Promise<string | undefined> {
  return (await writtenByCompiler({ path, file }, state.reader, names)) ?? namedByPackage(path, state, names);
}

const COMPILER_SETTINGS = /(?:^|\/)[tj]sconfig[^/]*\.json$/;

/** https://www.typescriptlang.org/tsconfig/#outDir, #declarationDir, #outFile and #rootDirs */
async function writtenByCompiler(
  { path, file }: { readonly path: string; readonly file: string },
  reader: Reader,
  names: TrackedNames,
): Promise<string | undefined> {
  const configurations = (await reader.matching(COMPILER_SETTINGS)).filter((name) =>
    isWithin(folderOf(name), path),
  );
  for (const configuration of configurations) {
    const options = member(readJson((await reader.text(configuration)) ?? ''), 'compilerOptions');
    const folder = folderOf(configuration);
    for (const key of ['outDir', 'declarationDir', 'outFile']) {
      const target = joinPath(folder, asText(member(options, key)) ?? '.');
      const isOutput = target !== undefined && target !== folder && isWithin(target, path);
      if (isOutput && !(await names.hasFolder(target))) return `${key} of ${configuration} leads there`;
    }
    const roots = textsOf(member(options, 'rootDirs')).flatMap((root) => joinPath(folder, root) ?? []);
    if (!roots.some((root) => isWithin(root, file))) continue;
    for (const counterpart of counterparts(path, roots)) {
      if ((await reader.having(reader.moduleCandidates(counterpart))).length > 0)
        return `rootDirs of ${configuration} lead to ${counterpart}`;
    }
  }
  return undefined;
}

/** @returns Where a path of one of the folders is looked for in each of the others. */
function counterparts(path: string, roots: readonly string[]): readonly string[] {
  return roots
    .filter((root) => isWithin(root, path))
    .flatMap((holder) => {
      const subpath = holder === '' ? path : path.slice(holder.length + 1);
      return roots.filter((root) => root !== holder).map((root) => inFolder(root, subpath));
    });
}

/** A folder of which git tracks nothing, and that the package's description names as what it publishes or runs. */
async function namedByPackage(
  path: string,
  { reader, folders }: OwnState,
  names: TrackedNames,
): Promise<string | undefined> {
  const absent = await outermostAbsent(path, names);
  if (absent === undefined) return undefined;
  for (const manifest of await folders.packages(path)) {
    const json = readJson((await reader.text(manifest.file)) ?? '');
    const named = ENTRIES.flatMap((field) => conditionsOf(member(json, field), 0));
    const entries = named.flatMap((entry) => joinPath(manifest.folder, entry.split('*', 1)[0] ?? '') ?? []);
    const words = manifest.scripts.flatMap((script) =>
      [...wordsOf(script, manifest.folder)].flatMap(filesMeantBy),
    );
    const entry = [...entries, ...words].find((place) => isWithin(absent, place));
    if (entry !== undefined) return `${manifest.file} names ${entry}`;
  }
  return undefined;
}

/** @returns The outermost folder of a path that is not tracked; undefined where all of them are. */
async function outermostAbsent(path: string, names: TrackedNames): Promise<string | undefined> {
  let absent: string | undefined;
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    if (await names.hasFolder(folder)) break;
    absent = folder;
  }
  return absent;
}
