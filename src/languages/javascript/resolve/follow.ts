import type { SpecifierMapping, Target } from './lead.ts';
import { namesPackage, packagePart } from './names.ts';
import type { Reader } from './reader.ts';
import { conditionsOf, OUTPUT } from './imports-field.ts';
import type { Question } from './question.ts';
import { completes, isDeclaration, isProgram, packageOnPath, type Completion } from './targets.ts';
import { readJson } from '../../../documents/jsonc.ts';
import { member } from '../../../documents/values.ts';
import { folderOf, isWithin, joinPath } from '../../../text/paths.ts';

/** What became of a lead's targets. */
export interface MappingResult {
  /** The first target that is a file of the project outside node_modules. */
  readonly file: string | undefined;
  /** Targets that are other specifiers, or lead into a package's folder in node_modules. */
  readonly specifiers: readonly string[];
  /** Paths that are no file of the project. */
  readonly missing: readonly string[];
}

/**
 * Follows a lead to the files of the project. Targets that leave the repository or that only running the
 * configuration would tell lead nowhere.
 *
 * @param question What the lead was found for: a value needs a file that holds values.
 */
export async function applyMapping(
  lead: SpecifierMapping,
  reader: Reader,
  question: Question,
): Promise<MappingResult> {
  const paths = lead.targets
    .flatMap((target) => pathOf(target) ?? [])
    .filter((path) => packageOnPath(path) === undefined);
  const file = question.isHead
    ? await firstBelow(paths, reader, completionOf(lead, question))
    : await firstFile(paths, reader, completionOf(lead, question));
  const isSettled = file !== undefined && lead.weight !== 'binding';
  return {
    file,
    specifiers: isSettled ? [] : [...new Set(lead.targets.flatMap((target) => specifierOf(target) ?? []))],
    missing: [...new Set(paths)],
  };
}

/**
 * A folder that modules are looked for in, and a catch-all, has a place for every name: there it is a package unless
 * the folder holds a module of that name. An alias of its own name means what it leads to.
 */
function completionOf(lead: SpecifierMapping, { kind, specifier }: Question): Completion {
  const common = { types: kind === 'type', specifier };
  if (!namesPackage(specifier)) return { ...common, as: 'any' };
  const isOpen = lead.weight === 'root' || lead.key.startsWith('*');
  return { ...common, as: isOpen ? 'program' : 'source' };
}

async function firstFile(
  paths: readonly string[],
  reader: Reader,
  completion: Completion,
): Promise<string | undefined> {
  const choices = paths.flatMap((path) => reader.candidates(path).map((candidate) => ({ candidate, path })));
  const allowed = choices.filter(({ candidate, path }) => completes(candidate, path, completion));
  for (const file of await reader.having(allowed.map(({ candidate }) => candidate))) {
    const isFolder = file.endsWith('/package.json') && !paths.includes(file);
    if (completion.as !== 'program' || !isFolder) return file;
    if (await hasEntry(file, reader, completion)) return file;
  }
  return undefined;
}

/** Does a package.json name a module of the project that stands for its folder? */
async function hasEntry(file: string, reader: Reader, { types }: Completion): Promise<boolean> {
  const json = readJson((await reader.text(file)) ?? '');
  const fields = ['main', 'module', 'browser', ...(types ? ['types', 'typings'] : [])];
  const entries = [...fields, 'exports'].flatMap((field) => conditionsOf(member(json, field), 0));
  const paths = entries.flatMap((entry) =>
    [entry, entry.replace(OUTPUT, './src/')].flatMap((path) => joinPath(folderOf(file), path) ?? []),
  );
  const files = paths
    .flatMap((path) => reader.candidates(path))
    .filter((path) => isProgram(path) || (types && isDeclaration(path)));
  return (await reader.having(files)).length > 0;
}

/** @returns The first of the paths that is a file, else a file below one of them that may be imported. */
async function firstBelow(
  paths: readonly string[],
  reader: Reader,
  completion: Completion,
): Promise<string | undefined> {
  const [file] = await reader.having(paths);
  if (file !== undefined || paths.length === 0) return file;
  const isBelow = (path: string) => paths.some((folder) => isWithin(folder, path));
  return (await reader.list()).find((path) => isBelow(path) && completes(path, '', completion));
}

function pathOf(target: Target): string | undefined {
  return target.kind === 'path' || target.kind === 'either' ? target.path : undefined;
}

function specifierOf(target: Target): string | undefined {
  if (target.kind === 'specifier') return target.specifier;
  if (target.kind === 'either' && namesPackage(target.specifier)) return target.specifier;
  return target.kind === 'path' && target.path !== undefined
    ? (packageOnPath(target.path) ?? undefined)
    : undefined;
}

/**
 * @returns The other packages that an alias may lead to besides the specifier's own. A catch-all such as
 *   `"*": ["node_modules/*", "types/*"]` names no package, and types stand beside what they describe.
 */
export function otherPackages(
  lead: SpecifierMapping,
  specifiers: readonly string[],
  requestedName: string,
): readonly string[] {
  if (lead.key.startsWith('*')) return [];
  return specifiers
    .map(packagePart)
    .filter((name) => name !== requestedName && !name.startsWith('@types/') && namesPackage(name));
}
