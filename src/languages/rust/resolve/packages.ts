import { cratesOf, readCargo, type CargoToml, type PackageCrates } from '../../../ecosystems/cargo/crates.ts';
import type { Files, UnreadableConfig } from '../../../model/language.ts';
import { LineIndex } from '../../../text/lines.ts';
import { folderOf, foldersAbove, inFolder, joinPath } from '../../../text/paths.ts';

/** The package of cargo that a file belongs to. */
export interface OwnPackage extends PackageCrates {
  /** From the root. */
  readonly manifest: string;
  readonly folder: string;
  /** The folder of the workspace that it takes lines over from; its own where there is none. */
  readonly workspaceFolder: string;
}

/** A manifest, and where it stands. */
interface Manifest {
  readonly path: string;
  readonly cargo: CargoToml;
  /** Where it can't be read. */
  readonly flaw: UnreadableConfig | null;
}

/** The packages of a project, each read once. */
export class CargoPackages {
  readonly #files: Files;
  readonly #manifests = new Map<string, Promise<Manifest | undefined>>();
  readonly #packages = new Map<string, Promise<OwnPackage | undefined>>();
  #libraries: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(files: Files) {
    this.#files = files;
  }

  /**
   * @param file From the root.
   * @returns The package of the nearest manifest, as cargo finds it; undefined where no folder above has one.
   */
  async around(file: string): Promise<OwnPackage | undefined> {
    for (const folder of foldersAbove(file)) {
      const cargoPackage = await (this.#packages.get(folder) ?? this.#keep(folder));
      if (cargoPackage !== undefined) return cargoPackage;
    }
    return undefined;
  }

  /** @returns The manifest of the own package whose library programs call so; undefined where none has one. */
  async ownLibrary(name: string): Promise<string | undefined> {
    return (await (this.#libraries ??= this.#readLibraries())).get(name);
  }

  /** @returns Those of the manifests that tell what a file can name which can't be read, its own package's first. */
  async unread(file: string): Promise<readonly UnreadableConfig[]> {
    const cargoPackage = await this.around(file);
    if (cargoPackage === undefined) return [];
    const folders = new Set([cargoPackage.folder, cargoPackage.workspaceFolder]);
    const manifests = await Promise.all([...folders].map((folder) => this.#manifestIn(folder)));
    return manifests.flatMap((manifest) => manifest?.flaw ?? []);
  }

  #keep(folder: string): Promise<OwnPackage | undefined> {
    const reading = this.#read(folder);
    this.#packages.set(folder, reading);
    return reading;
  }

  async #read(folder: string): Promise<OwnPackage | undefined> {
    const manifest = await this.#manifestIn(folder);
    if (manifest === undefined) return undefined;
    const workspace =
      manifest.cargo.workspace === null ? await this.#workspaceOf(folder, manifest.cargo) : manifest;
    return {
      ...cratesOf(manifest.cargo, workspace?.cargo ?? null),
      manifest: manifest.path,
      folder,
      workspaceFolder: workspace === undefined ? folder : folderOf(workspace.path),
    };
  }

  async #workspaceOf(folder: string, { workspacePath }: CargoToml): Promise<Manifest | undefined> {
    if (workspacePath !== null) {
      const path = joinPath(folder, workspacePath);
      return path === undefined ? undefined : this.#manifestIn(path);
    }
    for (const parentFolder of foldersAbove(folder === '' ? '' : inFolder(folder, 'Cargo.toml')).slice(1)) {
      const manifest = await this.#manifestIn(parentFolder);
      if (manifest !== undefined && manifest.cargo.workspace !== null) return manifest;
    }
    return undefined;
  }

  #manifestIn(folder: string): Promise<Manifest | undefined> {
    const reading = this.#manifests.get(folder) ?? this.#readManifest(inFolder(folder, 'Cargo.toml'));
    this.#manifests.set(folder, reading);
    return reading;
  }

  async #readManifest(path: string): Promise<Manifest | undefined> {
    const text = await this.#files.text(path);
    if (text === undefined) return undefined;
    const cargo = await readCargo(text);
    const { flaw } = cargo;
    const place = flaw && { file: path, ...new LineIndex(text).locate(flaw.offset), message: flaw.message };
    return { path, cargo, flaw: place };
  }

  async #readLibraries(): Promise<ReadonlyMap<string, string>> {
    const paths = (await this.#files.list()).filter((path) => /(?:^|\/)Cargo\.toml$/.test(path));
    const manifests = await Promise.all(paths.map((path) => this.#manifestIn(folderOf(path))));
    return new Map(
      manifests.flatMap((manifest) =>
        manifest === undefined || manifest.cargo.library === null
          ? []
          : [[manifest.cargo.library, manifest.path]],
      ),
    );
  }
}
