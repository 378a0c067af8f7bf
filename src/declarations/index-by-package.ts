import type { Dependency, ManifestFormat, RegistryLine } from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import type { DeclarationPlace } from '../model/status.ts';
import { DeclaredLines } from './declared-lines.ts';
import { isKnownRegistry, nameKey, registryKeys } from './dependency-line.ts';
import type { DeclaredDependency, ReadManifest } from './read.ts';
import type { WorkspaceMembers } from './workspace-members.ts';

/** All manifests of a state, by what their lines make importable and by what they take from where. */
export class ManifestIndex {
  readonly declared: readonly DeclaredDependency[];
  /** Every manifest of the state, each with what it says. */
  readonly manifests: readonly ReadManifest[];
  /** Where the manifests are. */
  readonly paths: readonly string[];
  /** The packages that the manifests themselves describe. */
  readonly defined: readonly Package[];
  /** The paths of the manifests in which lines declare nothing. */
  readonly locking: readonly string[];
  /** The lines of those manifests. */
  readonly locked: readonly DeclaredDependency[];
  /** Where manifests are that say nothing of other folders; they describe packages that a workspace may have. */
  readonly ignoredPaths: readonly string[];
  readonly #read: (path: string) => Promise<ReadManifest>;
  readonly #paths: ReadonlySet<string>;
  #ignoredPackages: Promise<readonly ReadManifest[]> | undefined;
  #linked: Promise<Pick<WorkspaceMembers, 'has'>> | undefined;
  #connected: Promise<Pick<WorkspaceMembers, 'has'>> | undefined;
  readonly #lines: DeclaredLines;
  readonly #lockedLines: DeclaredLines;
  /** The manifests that describe a package, by its name. */
  readonly #describing: ReadonlyMap<string, readonly string[]>;
  readonly #registries: ReadonlySet<string>;
  readonly #includes: ReadonlySet<string>;
  readonly #constraints: ReadonlySet<string>;

  /** @param read Reads one of the ignored manifests. */
  constructor(
    manifests: readonly ReadManifest[],
    ignoredPaths: readonly string[],
    read: (path: string) => Promise<ReadManifest>,
  ) {
    this.manifests = manifests;
    this.ignoredPaths = ignoredPaths;
    this.#read = read;
    this.paths = manifests.map(({ path }) => path);
    this.#paths = new Set(this.paths);
    this.declared = manifests.flatMap(({ declared }) => declared);
    this.defined = manifests
      .map(({ defines }) => defines)
      .filter((definedPackage) => definedPackage !== null);
    this.#registries = new Set(manifests.flatMap(({ registries }) => registries.flatMap(registryKeys)));
    this.#includes = new Set(manifests.flatMap(({ includes }) => includes));
    this.#constraints = new Set(manifests.flatMap(({ constraints }) => constraints));
    this.#lines = new DeclaredLines(this.declared);
    this.locking = manifests.flatMap(({ locked, path }) => (locked === null ? [] : [path]));
    this.locked = manifests.flatMap(({ locked }) => locked?.all ?? []);
    this.#lockedLines = new DeclaredLines(this.locked);
    this.#describing = pathsByName(manifests);
  }

  /** @returns The first line that declares a package; null where no manifest names it. */
  placeOf(target: Package): DeclarationPlace | null {
    return this.#lines.declaring(target)?.at ?? null;
  }

  /** @returns The first line that locks a package; null where no manifest does. */
  lockedPlaceOf(target: Package): DeclarationPlace | null {
    return this.#lockedLines.declaring(target)?.at ?? null;
  }

  hasLine(dependency: Dependency): boolean {
    return this.#lines.like(dependency) !== undefined;
  }

  hasRegistry(line: RegistryLine): boolean {
    return isKnownRegistry(line, this.#registries);
  }

  /** @returns The manifests that make packages of folders which nobody reads. */
  ignoredPackages(): Promise<readonly ReadManifest[]> {
    return (this.#ignoredPackages ??= Promise.all(this.ignoredPaths.map((path) => this.#read(path))));
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  includes(path: string): boolean {
    return this.#includes.has(path);
  }

  /** @returns The format of a file of settings that others of the same format name; undefined where none does. */
  furtherFormat(path: string): ManifestFormat | undefined {
    return this.manifests.find(({ further }) => further.includes(path))?.format;
  }

  /** Does a manifest name this file as a list of constraints? */
  constrains(path: string): boolean {
    return this.#constraints.has(path);
  }

  /** @returns The paths of the manifests that describe a package of this name. */
  describing(target: Package): readonly string[] {
    return this.#describing.get(nameKey(target)) ?? [];
  }

  /**
   * Several manifests can describe a package of the same name: one that is a member is enough, in a workspace that the
   * asking file is part of, too.
   */
  async links(target: Package, file: string): Promise<boolean> {
    const members = await (this.#linked ??= this.#membersOf(({ members: globs }) => globs));
    return members.has(target, file);
  }

  /** The same for whatever makes a workspace: one of uv links a member where a source says so alone. */
  async connects(target: Package, file: string): Promise<boolean> {
    const members = await (this.#connected ??= this.#membersOf(({ members: globs, tables }) => [
      ...globs,
      ...(tables?.members ?? []),
    ]));
    return members.has(target, file);
  }

  async #membersOf(
    globsOf: (manifest: ReadManifest) => readonly string[],
  ): Promise<Pick<WorkspaceMembers, 'has'>> {
    const roots = this.manifests
      .map((manifest) => ({ ...manifest, members: globsOf(manifest) }))
      .filter(({ members }) => members.length > 0);
    if (roots.length === 0) return { has: () => false };
    const { WorkspaceMembers: Members } = await import('./workspace-members.ts');
    const packages = [
      ...this.manifests.filter(({ format }) => format.makesPackage),
      ...(await this.ignoredPackages()).filter(({ format }) => format.makesPackage),
    ];
    return new Members(roots, packages);
  }
}

function pathsByName(manifests: readonly ReadManifest[]): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  for (const { defines, path } of manifests) {
    if (defines === null) continue;
    const paths = byName.get(nameKey(defines)) ?? [];
    byName.set(nameKey(defines), paths);
    paths.push(path);
  }
  return byName;
}
