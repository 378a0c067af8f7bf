import type { Language } from '../model/language.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ReferenceWithStatus } from '../model/status.ts';
import { isWellKnown } from '../policy/well-known.ts';
import { mappedNames, type MappedNames } from './mapped-names.ts';
import type { SettingsChanges, SettingsInspection } from './settings.ts';
import { judgeOrigin, needsReport } from './status-of-origin.ts';

/** More files than this are no longer a part of one change: `--all` reads them. */
const MOST_IMPORTERS = 300;
const MOST_KNOWN = 300;

/**
 * Judges what edited settings do to files that nobody edits: a package that an alias leads to is used in the line of the
 * alias, and imports of a name that no alias takes any longer are read again.
 *
 * @param paths Files that differ from a base and may be settings, told by their names.
 */
export async function settingsChanges(
  paths: readonly string[],
  inspection: SettingsInspection,
): Promise<SettingsChanges> {
  const results: SettingsChanges[] = [];
  for (const language of inspection.kinds.languages) {
    const edited = await editedSettings(paths, language, inspection);
    if (edited.length > 0) results.push(await changesOf(edited, language, inspection));
  }
  return {
    judged: results.flatMap(({ judged: references }) => references),
    shadows: results.flatMap(({ shadows }) => shadows),
    importers: results.flatMap(({ importers }) => importers),
    notes: results.flatMap(({ notes }) => notes),
  };
}

/** Those of which another part than before says where names lead. */
async function editedSettings(
  paths: readonly string[],
  language: Language,
  { scope, states }: SettingsInspection,
): Promise<readonly string[]> {
  const partOf = async (path: string, snapshot: Snapshot) => {
    const text = await states.files(snapshot).text(path);
    return text === undefined ? '' : language.mappingText(path, text);
  };
  const isEdited = await Promise.all(
    paths.map(async (path) => {
      if (!language.mapsNames(path)) return false;
      const part = await partOf(path, scope.head);
      const baseParts = await Promise.all(scope.bases.map((base) => partOf(path, base)));
      return !baseParts.includes(part);
    }),
  );
  return paths.filter((_, at) => isEdited[at]);
}

async function changesOf(
  edited: readonly string[],
  language: Language,
  inspection: SettingsInspection,
): Promise<SettingsChanges> {
  const { scope, states, records, policy } = inspection;
  const names = await mappedNames({
    language,
    edited,
    head: states.recordingOf(scope.head),
    bases: scope.bases.map((base) => states.recordingOf(base)),
    knownNames: await knownNames(language, inspection),
    isWellKnown: (subject, file) => isWellKnown(subject, records, file),
  });
  return {
    judged: await judgedOf(names, inspection),
    shadows: names.shadows.filter(({ file }) => !policy.ignores(file)),
    ...(await importersOf(names, inspection)),
  };
}

async function knownNames(
  { ecosystem }: Language,
  { policy, records }: SettingsInspection,
): Promise<readonly string[]> {
  const decided = policy.whitelist.entries.filter((entry) => entry.ecosystem === ecosystem);
  const declared = await Promise.all(records.declarations.map((base) => base.declared()));
  const names = [...decided, ...declared.flat().filter((subject) => subject.ecosystem === ecosystem)];
  return [...new Set(names.map(({ name }) => name))]
    .filter((name) => !name.includes('*'))
    .slice(0, MOST_KNOWN);
}

/** What a dependency line says is judged as such. */
async function judgedOf(
  { references }: MappedNames,
  { records, declarations, policy }: SettingsInspection,
): Promise<readonly ReferenceWithStatus[]> {
  const results = await Promise.all(
    references.map(async ({ file, language, ...reference }) => {
      const packageStatus = await judgeOrigin(reference.origin, records, file);
      const lines = await declarations.linesIn(file);
      const isLine = lines.some(
        ({ dependency, at }) =>
          dependency.name === packageStatus?.package.name && at.line === reference.place.line,
      );
      return isLine || policy.ignores(file) ? null : { file, language, reference, judged: packageStatus };
    }),
  );
  return results.filter((item) => item !== null).filter((item) => needsReport(item, records));
}

/** Files of the base that hold a name which leads to a package now that nobody approved. */
async function importersOf(
  { released }: MappedNames,
  { scope, records, policy }: SettingsInspection,
): Promise<Pick<SettingsChanges, 'importers' | 'notes'>> {
  const words = new Set<string>();
  for (const { specifier, origin, file } of released) {
    const packageStatus = await judgeOrigin(origin, records, file);
    if (packageStatus && needsReport({ judged: packageStatus }, records)) words.add(specifier);
  }
  const [base] = scope.bases;
  if (words.size === 0 || base === undefined) return { importers: [], notes: [] };
  const { paths } = (await base.search([...words])) ?? { paths: [] };
  const changed = new Set(scope.changes.map(({ path }) => path));
  const present = await scope.head.having(paths);
  const importers = paths.filter((path) => !changed.has(path) && present.has(path) && !policy.ignores(path));
  const previous = (path: string) => scope.bases.map(() => [path]);
  return {
    importers: importers.slice(0, MOST_IMPORTERS).map((path) => ({ path, previous: previous(path) })),
    notes: importers.length > MOST_IMPORTERS ? [unreadNote(importers.length, [...words])] : [],
  };
}

function unreadNote(count: number, words: readonly string[]): string {
  const names = words.slice(0, 3).join(', ');
  return `${count} files may import ${names}, which settings no longer lead to the project: the first ${MOST_IMPORTERS} were checked; --all checks all`;
}
