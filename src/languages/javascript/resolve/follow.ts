import type { SpecifierMapping, Target } from './lead.ts';
import { namesPackage, packagePart } from './names.ts';
import type { Reader } from './reader.ts';
import { candidates, packageOnPath } from './targets.ts';

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
 */
export async function applyMapping(lead: SpecifierMapping, reader: Reader): Promise<MappingResult> {
  const paths = lead.targets
    .flatMap((target) => pathOf(target) ?? [])
    .filter((path) => packageOnPath(path) === undefined);
  const [file] = await reader.having(paths.flatMap(candidates));
  const isSettled = file !== undefined && lead.weight !== 'binding';
  return {
    file,
    specifiers: isSettled ? [] : [...new Set(lead.targets.flatMap((target) => specifierOf(target) ?? []))],
    missing: [...new Set(paths)],
  };
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
