import type { ExplainQuery } from '../analysis/explain.ts';
import { pathInside } from '../git/path-inside.ts';
import { languages } from '../languages/index.ts';
import type { Language } from '../model/language.ts';
import type { Reference } from '../model/reference.ts';
import { kindOf, type SourceKinds } from '../analysis/source-kinds.ts';
import { referencesIn, editableText } from './file-references.ts';
import type { OpenedProject } from './project.ts';
import { packageForms } from './package-arguments.ts';
import { UsageError } from './usage-error.ts';

/**
 * Reads a place as reports print it: `src/ids.ts`, `src/ids.ts:1`, `src/ids.ts:1:8`.
 *
 * @returns What that program imports, in that line if there is one, each specifier once, or what a line of a manifest declares;
 *   null for what is no file of the project.
 * @throws UsageError where nothing is imported there, and for a line of a program that the project does not have: no
 *   package has such a name.
 */
export async function importsAt(
  text: string,
  { root, cwd, project }: { readonly root: string; readonly cwd: string; readonly project: OpenedProject },
): Promise<readonly ExplainQuery[] | null> {
  const [, name = text, digits] = /^(.+?)(?::(\d+)(?::\d+)?)?$/.exec(text) ?? [];
  const path = pathInside(root, cwd, name);
  const { head } = project.scope;
  if (path === null || !(await head.list()).includes(path)) {
    if (digits !== undefined && isProgramPath(name, project.analysisOptions.kinds))
      throw missingProgram(name, digits);
    return null;
  }
  const file = await editableText(head, path);
  if (file.kind !== 'text') return null;
  const { references } = await referencesIn({ path, text: file.text }, project);
  const queries = new Map<string, ExplainQuery>();
  for (const { file: importer, language: id, reference } of references) {
    const language = languages.find((candidate) => candidate.id === id);
    const isHere = digits === undefined || reference.place.line === Number(digits);
    const query = importer === path && isHere ? queryOf(reference, language, path) : undefined;
    if (query === undefined || (reference.kind === 'dependency' && digits === undefined)) continue;
    const key = [query.language.id, query.specifier, ...query.names].join('\0');
    if (!queries.has(key)) queries.set(key, query);
  }
  if (queries.size > 0) return [...queries.values()];
  throw new UsageError(
    `${name} is a file of the project, and no program that imports anything${digits === undefined ? '' : ` in line ${digits}`}`,
    `Name a line that imports or declares something, or a package: ${packageForms()}.`,
  );
}

type PlacedQuery = ExplainQuery & Required<Pick<ExplainQuery, 'names'>>;

/**
 * What a line declares or a command installs is a package of its ecosystem, whatever the file is in.
 *
 * @returns undefined for what no program imports.
 */
function queryOf(
  reference: Reference,
  language: Language | undefined,
  file: string,
): PlacedQuery | undefined {
  const { specifier, names, origin, place } = reference;
  const at = `${file}:${String(place.line)}`;
  const isDeclared = reference.kind === 'dependency';
  if (origin.kind === 'package' && (isDeclared || language?.ecosystem === null)) {
    const { ecosystem, name } = origin.package;
    const speaking = languages.find((candidate) => candidate.ecosystem === ecosystem);
    const query = { specifier: name, names, file, installs: origin.package };
    const reason = `${at} ${isDeclared ? 'declares' : 'installs'} it`;
    return speaking === undefined ? undefined : { ...query, language: speaking, reason };
  }
  return isDeclared || language === undefined
    ? undefined
    : { language, specifier, names, file, reason: `${at} imports it` };
}

/** `npm:lodash/fp.js:1` names its ecosystem, so it is no place. */
function isProgramPath(name: string, kinds: SourceKinds): boolean {
  const kind = name.includes(':') ? undefined : kindOf(name, kinds)?.kind;
  return kind === 'language' || kind === 'container';
}

function missingProgram(name: string, line: string): UsageError {
  return new UsageError(
    `there is no program ${name} in the project, so it has no line ${line}`,
    `Name a program as it is seen from here, or a package: ${packageForms()}.`,
  );
}
