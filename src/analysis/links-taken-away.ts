import type { Declarations } from '../declarations/declarations.ts';
import { asksRegistry, lineKey } from '../declarations/dependency-line.ts';
import { leadsToFolderOf } from '../declarations/own-folders.ts';
import type { DeclaredDependency, ReadManifest } from '../declarations/read.ts';
import { packageOf } from '../ecosystems/index.ts';
import type { Files } from '../model/language.ts';
import type { DependencySource, ManifestFormat } from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import { LineIndex } from '../text/lines.ts';
import { dependencyReference, type DependencyReference } from './dependency-reference.ts';

/** The states of a change. */
export interface LinkStates {
  readonly head: Declarations;
  readonly bases: readonly Declarations[];
  /** The texts of the judged state. */
  readonly files: Files;
  readonly formats: readonly ManifestFormat[];
}

/**
 * A line that a change leaves alone asks the registry once its package is linked no longer: the workspace, its member or
 * what a table said of the package is gone. A line that the change itself writes is told as any new one.
 *
 * @param touched The manifests that the change adds, edits or removes.
 * @param ignores Whether nobody looks at a file.
 * @returns Each with the path of its manifest.
 */
export async function linksTakenAway(
  touched: readonly string[],
  states: LinkStates,
  ignores: (path: string) => boolean,
): Promise<readonly { readonly path: string; readonly reference: DependencyReference }[]> {
  if (states.bases.length === 0 || !(await changesLinks(touched, states))) return [];
  const manifests = (await states.head.manifests()).filter(({ path }) => !ignores(path));
  const lines = new UnlinkedLines(touched, states);
  const perManifest = manifests.map(async (manifest) => {
    const references = await lines.in(manifest);
    return references.map((reference) => ({ path: manifest.path, reference }));
  });
  return (await Promise.all(perManifest)).flat();
}

/** Whether what the touched manifests say of the project's own packages is another text than before. */
async function changesLinks(paths: readonly string[], { head, bases }: LinkStates): Promise<boolean> {
  for (const path of paths) {
    const text = linksIn(await head.manifestAt(path));
    for (const base of bases) if (linksIn(await base.manifestAt(path)) !== text) return true;
  }
  return false;
}

function linksIn({ members, defines, declared, tables }: ReadManifest): string {
  const lines = declared.filter(({ dependency }) => isLink(dependency.source));
  const sources = [...(tables?.sources ?? [])].filter(([, source]) => isLink(source));
  const names = sources.map(([name]) => name);
  return JSON.stringify([members, defines, lines.map(({ dependency }) => lineKey(dependency)), names]);
}

function isLink(source: DependencySource): boolean {
  return source.kind === 'workspace' || (source.kind === 'foreign' && source.folders !== undefined);
}

class UnlinkedLines {
  readonly #touched: ReadonlySet<string>;
  readonly #states: LinkStates;

  constructor(touched: readonly string[], states: LinkStates) {
    this.#touched = new Set(touched);
    this.#states = states;
  }

  async in({ path, format, declared }: ReadManifest): Promise<readonly DependencyReference[]> {
    const unlinkedLines: { readonly line: DeclaredDependency; readonly target: Package }[] = [];
    for (const line of declared) {
      const { ecosystem, name } = line.dependency;
      if (name === null || !asksRegistry(line.dependency)) continue;
      const target = packageOf(ecosystem, name);
      if (await this.#isUnlinked(line, target)) unlinkedLines.push({ line, target });
    }
    if (unlinkedLines.length === 0) return [];
    const lines = new LineIndex((await this.#states.files.text(path)) ?? '');
    const file = { format, lines, isFirstAsked: true };
    return unlinkedLines.map(({ line, target }) => dependencyReference(line.dependency, target, file));
  }

  async #isUnlinked({ dependency, at }: DeclaredDependency, target: Package): Promise<boolean> {
    const { head, bases, formats } = this.#states;
    const basesWithLine = await filtered(bases, (base) => base.hasLine(dependency, at.file));
    if (basesWithLine.length === 0 && this.#touched.has(at.file)) return false;
    const deciding = basesWithLine.length > 0 ? basesWithLine : bases;
    const unlinked = await filtered(
      deciding,
      async (base) => !(await wasLinked(target, at.file, { base, formats })),
    );
    return unlinked.length === 0 && !(await head.links(target, at.file));
  }
}

/** @returns Whether a package was one of the project's own for the lines of a file. */
export async function wasLinked(
  target: Package,
  file: string,
  state: { readonly base: Declarations; readonly formats: readonly ManifestFormat[] },
): Promise<boolean> {
  if (await state.base.links(target, file)) return true;
  const lines = await state.base.linesIn(file);
  return (await filtered(lines, (line) => leadsToFolderOf(target, line, state))).length > 0;
}

async function filtered<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<readonly T[]> {
  const answers = await Promise.all(items.map(holds));
  return items.filter((_, at) => answers[at]);
}
