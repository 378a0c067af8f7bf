import { packageLabel } from '../../src/model/package.ts';
import { manifests } from '../../src/app/components.ts';
import { Declarations } from '../../src/declarations/declarations.ts';
import type { DeclaredDependency } from '../../src/declarations/read.ts';

type Texts = ReadonlyMap<string, string>;

/** @returns Every dependency line of a project's manifests, also of those that others include. */
export function dependencyLines(files: Texts): Promise<readonly DeclaredDependency[]> {
  return declarationsOf(files).lines();
}

/** @returns `pypi:NAME` of the packages that the project's own manifests describe: no registry is asked for them. */
export async function ownPackages(files: Texts): Promise<readonly string[]> {
  return (await declarationsOf(files).defined()).map(packageLabel);
}

function declarationsOf(files: Texts): Declarations {
  const snapshot = {
    existing: (paths: readonly string[]) => Promise.resolve(new Set(paths.filter((path) => files.has(path)))),
    text: (path: string) => Promise.resolve(files.get(path)),
    list: () => Promise.resolve([...files.keys()]),
  };
  return new Declarations(snapshot, manifests, () => false);
}

/** @returns Whether two lines take the same package from the same place. */
export function isSame(
  { dependency: one }: DeclaredDependency,
  { dependency: other }: DeclaredDependency,
): boolean {
  return (
    one.ecosystem === other.ecosystem &&
    one.name === other.name &&
    JSON.stringify(one.source) === JSON.stringify(other.source)
  );
}

/** @returns `npm:NAME` of the package that a line declares. */
export function declaredBy({ dependency: { ecosystem, name, specifier } }: DeclaredDependency): string {
  return packageLabel({ ecosystem, name: name ?? specifier });
}

/** Takes one dependency out of a manifest, as a person would: its line, or its part of a line with more. */
function without(text: string, { dependency, at }: DeclaredDependency): string {
  const { start } = dependency.span;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(lineStart, start);
  const cut =
    /^\s*["']$/.test(before) || !/["']/.test(before)
      ? text.slice(0, lineStart) + text.slice(lineStart).replace(/^(?:.*\\\n)*.*\n?/, '')
      : withoutString(text, start);
  return /\.jsonc?$/.test(at.file) ? cut.replace(/,(\s*[}\]])/g, '$1') : cut;
}

function withoutString(text: string, start: number): string {
  const quote = Math.max(text.lastIndexOf('"', start), text.lastIndexOf("'", start));
  return (
    text.slice(0, quote) + text.slice(quote).replace(/^(["'])(?:(?!\1).)*\1(?:\s*:\s*"[^"]*")?\s*,?\s*/, '')
  );
}

/** @returns The files that change when some dependency lines are taken out of them. */
export function withoutLines(
  files: Texts,
  lines: readonly DeclaredDependency[],
): ReadonlyMap<string, string> {
  const edited = new Map<string, string>();
  // From the end of a file to its start: what stands before a line keeps its place.
  for (const line of lines.toSorted((a, b) => b.dependency.span.start - a.dependency.span.start)) {
    const { file } = line.at;
    edited.set(file, without(edited.get(file) ?? files.get(file) ?? '', line));
  }
  return edited;
}

/** Packages that hold the types of another one, whose imports need either of the two. */
const typesPackage = /^npm:@types\/|^pypi:(?:types|mypy)-|-stubs$/;

/**
 * Divides dependency lines into groups of at most `size`, so that what a group's lines make new is the sum of what each
 * of them does: no group holds a package twice, and a package of types stands alone.
 */
export function groupsOf(
  lines: readonly DeclaredDependency[],
  size: number,
): readonly (readonly DeclaredDependency[])[] {
  const groups: { readonly names: Set<string>; readonly lines: DeclaredDependency[] }[] = [];
  for (const line of lines) {
    const name = declaredBy(line);
    const group = typesPackage.test(name)
      ? undefined
      : groups.find(
          ({ names }) =>
            names.size < size && !names.has(name) && ![...names].some((other) => typesPackage.test(other)),
        );
    if (group) {
      group.names.add(name);
      group.lines.push(line);
    } else groups.push({ names: new Set([name]), lines: [line] });
  }
  return groups.map((group) => group.lines);
}

/** Raises every number that stands for a version, or a part of one: what bots do, and more of it. */
export function bumped(text: string): string {
  return text.replace(/(?<![\w-])\d+(?=[.\s"',;*)\]]|$)/g, (digits) => String(Number(digits) + 1));
}

/** Declares packages in a manifest that did not declare them; where it has no list for them, it stays as it is. */
export function withAlso(file: string, text: string, names: readonly string[]): string {
  if (file.endsWith('package.json')) {
    const entries = names.map((name) => `    ${JSON.stringify(name)}: "*",\n`).join('');
    return text.replace(/"dependencies": \{\n?/, (opening) => `${opening}${entries}`);
  }
  if (file.endsWith('pyproject.toml')) {
    const items = names.map((name) => `    "${name}",\n`).join('');
    return text
      .replace(/^dependencies = \[\n?/m, (opening) => `${opening}${items}`)
      .replace(
        /^\[tool\.poetry\.dependencies\]\n/m,
        (opening) => opening + names.map((name) => `${name} = "*"\n`).join(''),
      );
  }
  return /\.(?:txt|in)$/.test(file) && !file.includes('constraints')
    ? `${text}${names.map((name) => `${name}>=1\n`).join('')}`
    : text;
}
