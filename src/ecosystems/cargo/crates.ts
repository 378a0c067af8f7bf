import { select, textsAt, type Node } from '../../documents/document.ts';
import { readTomlOrTemplate } from '../../documents/toml.ts';
import type { DependencySource } from '../../model/manifest.ts';
import { crateLines, type CrateKind, type CrateLine } from './manifests/crate-lines.ts';

export type { CrateKind };

/** What a package compiles: its library, programs, tests, examples, benchmarks, and the program that a build runs first. */
export type TargetKind = 'lib' | 'bin' | 'test' | 'example' | 'bench' | 'build';

/** A target for which the manifest names a file; others have the usual places. */
export interface Target {
  readonly kind: TargetKind;
  /** From the manifest's folder. */
  readonly path: string;
}

/** A crate by the name that programs of a package have for it. */
export interface NamedCrate {
  /** With `_` for `-`. */
  readonly name: string;
  /** The package, as its registry has it. */
  readonly package: string;
  readonly kind: CrateKind;
  readonly source: DependencySource;
  readonly optional: boolean;
  /** The line gives it a name: otherwise programs write that of the crate’s library, which nearly always is the package’s. */
  readonly isRenamed: boolean;
  /** The workspace says where it comes from, so that a path starts from there. */
  readonly isInherited: boolean;
}

/** What one Cargo.toml says by itself. */
export interface CargoToml {
  /** null where the manifest is that of a workspace alone. */
  readonly packageName: string | null;
  /** As written; null where the manifest does not say, which is 2015, or where the workspace says it. */
  readonly edition: string | null;
  readonly inheritsEdition: boolean;
  /** What programs import the package’s own library by; null without a package. */
  readonly library: string | null;
  /** Where the workspace is, from the manifest's folder, for a package that names it; null where it lies above. */
  readonly workspacePath: string | null;
  /** What the manifest has for the members of its workspace; null where it has no workspace. */
  readonly workspace: { readonly edition: string | null; readonly lines: readonly CrateLine[] } | null;
  readonly targets: readonly Target[];
  readonly lines: readonly CrateLine[];
  /** Where the text stops being TOML: what follows is read as far as possible. null where it is TOML, or a template of it. */
  readonly flaw: { readonly message: string; readonly offset: number } | null;
}

/** What programs of a package can name. */
export interface PackageCrates {
  readonly packageName: string | null;
  readonly edition: string;
  readonly library: string | null;
  readonly targets: readonly Target[];
  readonly crates: readonly NamedCrate[];
}

/** Reads what a Cargo.toml says of the names in programs (https://doc.rust-lang.org/cargo/reference/manifest.html). */
export async function readCargo(text: string): Promise<CargoToml> {
  const { root, broken } = await readTomlOrTemplate(text);
  const about = select(root, 'package').concat(select(root, 'project'))[0];
  const [workspace] = select(root, 'workspace');
  const packageName = firstText(about, 'name');
  const lines = crateLines(root);
  return {
    packageName,
    edition: firstText(about, 'edition'),
    inheritsEdition: select(about, 'edition', 'workspace').length > 0,
    library: packageName === null ? null : (firstText(root, 'lib', 'name') ?? nameInCode(packageName)),
    workspacePath: firstText(about, 'workspace'),
    workspace:
      workspace === undefined
        ? null
        : {
            edition: firstText(workspace, 'package', 'edition'),
            lines: lines.filter(({ table }) => table === 'shared'),
          },
    targets: targetsOf(root, about),
    lines,
    flaw: broken[0] ?? null,
  };
}

/**
 * @param workspace The manifest of the workspace; null without one. A package can be that of its workspace itself.
 * @returns What the programs of a package can name, with what it takes over from its workspace.
 */
export function cratesOf(manifest: CargoToml, workspace: CargoToml | null): PackageCrates {
  const shared = new Map(
    ((manifest.workspace ?? workspace?.workspace)?.lines ?? []).map((line) => [line.key.value, line]),
  );
  const inherited = manifest.inheritsEdition ? (manifest.workspace ?? workspace?.workspace)?.edition : null;
  return {
    packageName: manifest.packageName,
    // https://doc.rust-lang.org/cargo/reference/manifest.html#the-edition-field
    edition: manifest.edition ?? inherited ?? '2015',
    library: manifest.library,
    targets: manifest.targets,
    crates: manifest.lines.flatMap((line) => namedCrate(line, shared)),
  };
}

/** @returns What programs write for a name with `-`. */
export function nameInCode(name: string): string {
  return name.replaceAll('-', '_');
}

/** `[workspace.dependencies]`, `[patch]`, `[replace]` and tables of tools declare nothing by themselves. */
function namedCrate(line: CrateLine, shared: ReadonlyMap<string, CrateLine>): readonly NamedCrate[] {
  const { table, key, optional } = line;
  if (table === 'shared' || table === 'replacement' || table === 'tool') return [];
  const meant = line.inherits ? (shared.get(key.value) ?? line) : line;
  return [
    {
      name: nameInCode(key.value),
      package: meant.package.value,
      kind: table,
      source: meant.source,
      optional,
      isRenamed: meant.package !== meant.key,
      isInherited: line.inherits,
    },
  ];
}

/** https://doc.rust-lang.org/cargo/reference/cargo-targets.html */
function targetsOf(root: Node | undefined, about: Node | undefined): readonly Target[] {
  const kinds = ['bin', 'test', 'example', 'bench'] as const;
  const targets = [
    ...textsAt(about, 'build').map(({ value }) => ({ kind: 'build', path: value }) as const),
    ...textsAt(root, 'lib', 'path').map(({ value }) => ({ kind: 'lib', path: value }) as const),
    ...kinds.flatMap((kind) => textsAt(root, kind, '[]', 'path').map(({ value }) => ({ kind, path: value }))),
  ];
  return targets;
}

function firstText(root: Node | undefined, ...path: readonly string[]): string | null {
  return textsAt(root, ...path)[0]?.value ?? null;
}
