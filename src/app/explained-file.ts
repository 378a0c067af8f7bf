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
 * @returns What that program imports, in that line if there is one, each specifier once; null for what is no program of the
 *   project.
 * @throws UsageError where the program imports nothing there, and for a line of a program that the project does not have: no
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
    if (importer !== path || language === undefined || reference.kind === 'dependency' || !isHere) continue;
    const query = queryOf(reference, language, path);
    const key = [query.language.id, query.specifier, ...query.names].join('\0');
    if (!queries.has(key)) queries.set(key, query);
  }
  if (queries.size > 0) return [...queries.values()];
  throw new UsageError(
    `${name} is a file of the project, and no program that imports anything${digits === undefined ? '' : ` in line ${digits}`}`,
    `Name a line that imports something, or a package: ${packageForms()}.`,
  );
}

type PlacedQuery = ExplainQuery & Required<Pick<ExplainQuery, 'names'>>;

/** What a command installs is a package of its ecosystem, whatever language the command is in. */
function queryOf(reference: Reference, language: Language, file: string): PlacedQuery {
  const { specifier, names, origin, place } = reference;
  const at = `${file}:${String(place.line)}`;
  if (language.ecosystem === null && origin.kind === 'package') {
    const { ecosystem, name } = origin.package;
    const speaking = languages.find((candidate) => candidate.ecosystem === ecosystem) ?? language;
    const query = { language: speaking, specifier: name, names, file };
    return { ...query, installs: origin.package, reason: `${at} installs it` };
  }
  return { language, specifier, names, file, reason: `${at} imports it` };
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
