import { nameInCode, type NamedCrate } from '../../../ecosystems/cargo/crates.ts';
import { packageOf } from '../../../ecosystems/index.ts';
import type { Project, Resolver, ResolveRequest } from '../../../model/language.ts';
import type { Package } from '../../../model/package.ts';
import type { Omission, Origin, Step } from '../../../model/reference.ts';
import { inFolder, joinPath } from '../../../text/paths.ts';
import { mentionsManifest } from '../front-matter.ts';
import { comesWithCompiler } from '../words.ts';
import { CargoPackages, type OwnPackage } from './packages.ts';
import { RootAliases } from './root-aliases.ts';
import { moduleNamed } from './own-modules.ts';
import { mayHaveLibrary, packagesOfLibrary, spellingsOf } from './spellings.ts';

type Trace = (text: string, file?: string) => void;

/**
 * A resolver for the crates that programs of Rust name. The order: names that the nearest Cargo.toml has, the own library,
 * crates of the compiler, names from the configuration, what else the program may mean, the whitelist's `imports`, then the
 * package of the same name, with `-` or `_`.
 *
 * A request without names is read strictly: what a scan sees may stand for a crate in every edition.
 */
export function createResolver(project: Project): Resolver {
  const packages = new CargoPackages(project.files);
  const resolver = new CrateResolver(project, packages);
  return {
    async resolve(request, trace) {
      const tell: Trace = (text, file) => trace?.({ text, file: file ?? null, line: null } satisfies Step);
      return [{ origin: await resolver.origin(request, tell), names: request.names ?? [] }];
    },
    providers: (specifier) => Promise.resolve(candidatesOf(nameOf(specifier))),
    unread: ({ file }) => packages.unread(file),
  };
}

/** @returns The name of the crate that a path begins with: `serde` of `::serde::de`. */
function nameOf(specifier: string): string {
  const [name = specifier] = specifier.replace(/^::/, '').split('::', 1);
  return name.replace(/^r#/, '');
}

function candidatesOf(name: string): readonly Package[] {
  return [...spellingsOf(name), ...packagesOfLibrary(name)].map((each) => packageOf('cargo', each));
}

const LOCAL: Origin = { kind: 'local', file: null };

/** Why a name that no manifest has may be that of a module, or of nothing. */
const EXCUSES: ReadonlyMap<Omission, string> = new Map([
  ['wildcard', 'a wildcard import of the file may bring a module of that name'],
  ['macro', 'it stands in what a macro takes, or a macro may make a module of that name'],
  ['word', 'the language has something of that name, or its types are written so'],
  ['compiler', 'the file asks for crates of the compiler'],
]);

class CrateResolver {
  readonly #project: Project;
  readonly #packages: CargoPackages;
  readonly #aliases: RootAliases;

  constructor(project: Project, packages: CargoPackages) {
    this.#project = project;
    this.#aliases = new RootAliases(project.files);
    this.#packages = packages;
  }

  async origin(request: ResolveRequest, tell: Trace): Promise<Origin> {
    const name = nameOf(request.specifier);
    const cargoPackage = await this.#packages.around(request.file);
    return (
      (await this.#declared({ name: nameInCode(name), file: request.file }, cargoPackage, tell)) ??
      this.#named(name, tell) ??
      (await this.#excused({ ...request, specifier: name }, cargoPackage, tell)) ??
      this.#assumed(name, cargoPackage ?? null, tell)
    );
  }

  /** What the manifest of the file's package says of a name. */
  async #declared(
    { name, file }: { readonly name: string; readonly file: string },
    cargoPackage: OwnPackage | undefined,
    tell: Trace,
  ): Promise<Origin | undefined> {
    if (cargoPackage === undefined) {
      tell(`no folder above ${file} has a Cargo.toml`);
      return undefined;
    }
    if (cargoPackage.library === name) {
      tell(`${name} is the library of the package itself`, cargoPackage.manifest);
      return { kind: 'local', file: cargoPackage.manifest };
    }
    const crates = cratesNamed(name, cargoPackage, isBuildScript(file, cargoPackage));
    const [first] = crates;
    if (first === undefined) {
      tell(`${cargoPackage.manifest} declares no ${name}`, cargoPackage.manifest);
      return undefined;
    }
    const folder = await this.#ownFolder(first, cargoPackage);
    if (folder !== undefined) {
      tell(`${name} is the package in ${folder}, which a path leads to`, cargoPackage.manifest);
      return { kind: 'local', file: folder };
    }
    const names = [...new Set(crates.map((crate) => crate.package))];
    tell(`${cargoPackage.manifest} declares ${names.join(', ')} for ${name}`, cargoPackage.manifest);
    const [subject = packageOf('cargo', first.package), ...alternatives] = names.map((each) =>
      packageOf('cargo', each),
    );
    return { kind: 'package', package: subject, alternatives };
  }

  /** @returns The manifest that the path of a line leads to, where the project has it. */
  async #ownFolder(
    { source, isInherited }: NamedCrate,
    cargoPackage: OwnPackage,
  ): Promise<string | undefined> {
    if (source.kind !== 'foreign') return undefined;
    const from = isInherited ? cargoPackage.workspaceFolder : cargoPackage.folder;
    const paths = (source.folders ?? []).flatMap((folder) => {
      const path = joinPath(from, folder);
      return path === undefined ? [] : [inFolder(path, 'Cargo.toml')];
    });
    return [...(await this.#project.files.existing(paths))][0];
  }

  /** What the compiler and the configuration say of a name. */
  #named(name: string, tell: Trace): Origin | undefined {
    if (comesWithCompiler(name)) {
      tell(`${name} comes with the compiler`);
      return { kind: 'builtin', host: 'rust' };
    }
    if (this.#project.ambient.includes(name)) {
      tell(`the configuration’s ambient modules name ${name}`);
      return { kind: 'ambient', host: 'config' };
    }
    if (!this.#project.localModules.includes(name)) return undefined;
    tell(`the configuration’s localModules name ${name}`);
    return LOCAL;
  }

  /** @returns Why a name that no manifest has is none of a package; undefined where nothing says so. */
  async #excused(
    { specifier: name, names, scannedNames, omission, file }: ResolveRequest,
    cargoPackage: OwnPackage | undefined,
    tell: Trace,
  ): Promise<Origin | undefined> {
    const excuse = omission === undefined ? undefined : EXCUSES.get(omission);
    if (excuse !== undefined) {
      tell(`${name} need be no package: ${excuse}`);
      return LOCAL;
    }
    const script = names === null ? undefined : await this.#ofScript({ name, file }, tell);
    if (script !== undefined) return script;
    // https://doc.rust-lang.org/edition-guide/rust-2018/path-changes.html
    if (cargoPackage?.edition === '2015' && (names?.length ?? scannedNames?.size ?? 0) > 0) {
      tell(
        `in edition 2015 the path begins in the package itself, which names ${name}`,
        cargoPackage.manifest,
      );
      return LOCAL;
    }
    if (names === null) return undefined;
    const module = omission === 'module' ? await moduleNamed(name, this.#project.files) : undefined;
    if (module !== undefined) {
      tell(`a wildcard import of the file may bring the module ${name}`, module);
      return { kind: 'local', file: module };
    }
    const alias = cargoPackage && (await this.#aliases.rootNaming(name, cargoPackage));
    if (alias !== undefined) {
      tell(`the root of the package gives the name ${name} to a crate`, alias);
      return { kind: 'local', file: alias };
    }
    const library = await this.#packages.ownLibrary(name);
    if (library === undefined) return undefined;
    tell(`${name} is the library of a package of the project, which ${file} could depend on`, library);
    return { kind: 'local', file: library };
  }

  /** A script has a manifest of its own, and no other one counts for it. */
  async #ofScript(
    { name, file }: { readonly name: string; readonly file: string },
    tell: Trace,
  ): Promise<Origin | undefined> {
    const text = await this.#project.files.text(file);
    if (text === undefined || !mentionsManifest(text)) return undefined;
    const { scriptCrates } = await import('../script-manifest.ts');
    const crate = (await scriptCrates(text))?.crates.find((each) => each.name === name);
    if (crate === undefined) return this.#assumed(name, null, tell);
    tell(`the manifest of the script declares ${crate.package} for ${name}`, file);
    return { kind: 'package', package: packageOf('cargo', crate.package), alternatives: [] };
  }

  #assumed(name: string, cargoPackage: OwnPackage | null, tell: Trace): Origin {
    const claimed = this.#project.imports.get(name) ?? [];
    const declared = cargoPackage === null ? [] : packagesWithLibrary(name, cargoPackage);
    if (claimed.length > 0) tell(`the whitelist’s imports: ${name} is provided by ${claimed.join(', ')}`);
    else if (declared.length > 0) tell(`the library of ${declared.join(', ')} may bear the name ${name}`);
    else tell(`assuming the package of the same name, with - or _`);
    const firstCandidates = [...claimed, ...declared].map((each) => packageOf('cargo', each));
    const [subject = packageOf('cargo', name), ...alternatives] = [...firstCandidates, ...candidatesOf(name)];
    return { kind: 'package', package: subject, alternatives };
  }
}

/** @returns The lines that give a name to a crate, first those that hold for the file. */
function cratesNamed(name: string, cargoPackage: OwnPackage, isBuild: boolean): readonly NamedCrate[] {
  const crates = cargoPackage.crates.filter((crate) => crate.name === name);
  const fitting = crates.filter(({ kind }) => (kind === 'build') === isBuild);
  return fitting.length > 0 ? fitting : crates;
}

/** A line that gives its crate no name is one for the crate’s library, which may bear another name than the package. */
function packagesWithLibrary(name: string, { crates }: OwnPackage): readonly string[] {
  const libraries = packagesOfLibrary(name);
  const lines = crates.filter(
    (crate) => !crate.isRenamed && (libraries.includes(crate.package) || mayHaveLibrary(crate.package, name)),
  );
  return [...new Set(lines.map((crate) => crate.package))];
}

/** A build script sees no crates but those of `build-dependencies`. */
function isBuildScript(file: string, { folder, targets }: OwnPackage): boolean {
  const scripts = targets.filter(({ kind }) => kind === 'build').map(({ path }) => path);
  const paths = scripts.length > 0 ? scripts : ['build.rs'];
  return paths.some((path) => joinPath(folder, path) === file);
}
