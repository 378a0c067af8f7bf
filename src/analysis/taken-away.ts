import type { Declarations } from '../declarations/declarations.ts';
import { importName, lineKey } from '../declarations/dependency-line.ts';
import { OWN, publicAddress, SourcePlaces, type Places } from '../declarations/places.ts';
import type { DeclaredDependency, ReadManifest } from '../declarations/read.ts';
import { findEcosystem, packageOf } from '../ecosystems/index.ts';
import type { ForeignSource } from '../model/finding.ts';
import type { Files } from '../model/language.ts';
import type { Dependency } from '../model/manifest.ts';
import { packageLabel, type Package } from '../model/package.ts';
import { comparableAddress } from '../text/addresses.ts';
import { LineIndex } from '../text/lines.ts';
import { placeOf } from './foreign-sources.ts';

/** The manifests of the state that is judged, with its texts, and those of the states that it is compared with. */
export interface ComparedStates {
  readonly head: Declarations;
  readonly bases: readonly Declarations[];
  readonly files: Files;
}

/**
 * A registry or an index that a change takes away is a new source: what came from there comes from another place now.
 * Only what is still declared counts. Nothing is compared where no file that the change touches named a registry, or took
 * a package on.
 *
 * @param touched The manifests and settings that the change adds, edits or removes.
 * @param ignores Whether nobody looks at a file.
 */
export async function takenAway(
  touched: readonly string[],
  states: ComparedStates,
  ignores: (path: string) => boolean,
): Promise<readonly ForeignSource[]> {
  const { head, bases, files } = states;
  if (!(await namesRegistry(touched, [head, ...bases])) && !(await addsLine(touched, states))) return [];
  const oldStates = await Promise.all(bases.map((base) => baseState(base)));
  const manifests = (await head.manifests()).filter(({ path }) => !ignores(path));
  const state: HeadState = { places: new SourcePlaces(manifests), byName: linesByName(manifests) };
  const falls = new Map<string, Fall>();
  for (const manifest of manifests) {
    for (const line of manifest.declared) {
      for (const fall of fallsOf(line, state, oldStates)) join(falls, { ...fall, manifest });
    }
  }
  return Promise.all([...falls.values()].map((fall) => sourceOf(fall, files)));
}

/** What a state says. */
interface HeadState {
  readonly places: SourcePlaces;
  readonly byName: ReadonlyMap<string, readonly DeclaredDependency[]>;
}

/** What a state before the change says. */
interface BaseState extends HeadState {
  readonly paths: ReadonlySet<string>;
  readonly lines: ReadonlySet<string>;
  /** The addresses that its lines name for more than what is bound to them. */
  readonly registries: ReadonlySet<string>;
}

/** Packages that come from another place than before. */
interface Fall {
  readonly line: DeclaredDependency;
  readonly manifest: ReadManifest;
  readonly before: string;
  readonly after: string;
  /** A package or a scope that was bound by itself; null where a whole file was. */
  readonly subject: string | null;
  readonly packages: readonly Package[];
}

async function namesRegistry(paths: readonly string[], states: readonly Declarations[]): Promise<boolean> {
  for (const state of states) {
    for (const path of paths) {
      const manifest = await state.manifestAt(path);
      const included = await Promise.all(manifest.includes.map((include) => state.manifestAt(include)));
      const said = [manifest, ...included];
      if (said.some(isAboutRegistries)) return true;
    }
  }
  return false;
}

/** All manifests of the bases are read for a new line anyway: whether another one has it. */
async function addsLine(paths: readonly string[], { head, bases }: ComparedStates): Promise<boolean> {
  for (const path of paths) {
    const lines = await head.linesIn(path);
    for (const base of lines.length === 0 ? [] : bases) {
      const oldKeys = new Set((await base.linesIn(path)).map(({ dependency }) => lineKey(dependency)));
      if (!lines.some(({ dependency }) => !oldKeys.has(lineKey(dependency)))) continue;
      if ((await base.manifests()).some(isAboutRegistries)) return true;
    }
  }
  return false;
}

function isAboutRegistries({ registries, usualRegistries, declared }: ReadManifest): boolean {
  return (
    registries.length > 0 ||
    usualRegistries.length > 0 ||
    declared.some(({ dependency }) => isFromIndex(dependency))
  );
}

function isFromIndex({ source }: Dependency): boolean {
  return source.kind === 'foreign' && source.isIndex === true;
}

async function baseState(base: Declarations): Promise<BaseState> {
  const manifests = await base.manifests();
  const declared = manifests.flatMap((manifest) => manifest.declared);
  return {
    places: new SourcePlaces(manifests),
    byName: linesByName(manifests),
    paths: new Set(manifests.map(({ path }) => path)),
    lines: new Set(declared.map(({ dependency }) => lineKey(dependency))),
    registries: addressesIn(manifests),
  };
}

function linesByName(manifests: readonly ReadManifest[]): ReadonlyMap<string, readonly DeclaredDependency[]> {
  const byName = new Map<string, DeclaredDependency[]>();
  for (const line of manifests.flatMap((manifest) => manifest.declared)) {
    const lines = byName.get(nameOf(line)) ?? [];
    byName.set(nameOf(line), lines);
    lines.push(line);
  }
  return byName;
}

function addressesIn(manifests: readonly ReadManifest[]): ReadonlySet<string> {
  const lines = manifests.flatMap(({ registries }) => registries);
  return new Set(
    lines.flatMap(({ registry }) =>
      registry === undefined || registry.use.kind === 'bound' ? [] : [comparableAddress(registry.address)],
    ),
  );
}

function nameOf({ dependency }: DeclaredDependency): string {
  return packageLabel(packageOf(dependency.ecosystem, importName(dependency)));
}

/** A line of every base took the package from a place that it is not taken from alone any more. */
function fallsOf(
  line: DeclaredDependency,
  head: HeadState,
  bases: readonly BaseState[],
): readonly Omit<Fall, 'manifest'>[] {
  const { dependency, at } = line;
  const { ecosystem, name, source } = dependency;
  if (name === null || source.kind === 'workspace') return [];
  const isNewLine = bases.every(({ lines }) => !lines.has(lineKey(dependency)));
  // A new line that names its index is reported as such.
  if (source.kind === 'foreign' && (!isFromIndex(dependency) || isNewLine)) return [];
  const placesNow = head.places.of(dependency, at.file);
  const oldPlaces = bases.map((base) => {
    const old = placesBefore(line, base);
    return old === null || (!old.isBound && isAddition(line, head, base)) ? null : old;
  });
  const changes = oldPlaces.flatMap((old) => (old === null ? [] : [moved(old.places, placesNow, bases)]));
  const [first] = oldPlaces.flatMap((old) => (old === null ? [] : [old]));
  if (first === undefined || changes.some(({ lost }) => lost.length === 0)) return [];
  const [move = { lost: [], after: [] }] = changes;
  const subject = packageOf(ecosystem, name);
  const scope = findEcosystem(ecosystem)?.scopeOf(name) ?? null;
  const alone = first.isBound ? packageLabel(subject) : scope;
  return move.after.map((place) => ({
    line,
    before: move.lost.join(', '),
    after: place,
    subject: alone,
    packages: [subject],
  }));
}

/** A file takes one more package from where it takes all others, and the lines that there were have stayed. */
function isAddition(line: DeclaredDependency, head: HeadState, base: BaseState): boolean {
  const { file } = line.at;
  const oldLines = base.byName.get(nameOf(line)) ?? [];
  if (!base.paths.has(file) || oldLines.some(({ at }) => at.file === file)) return false;
  const files = new Set((head.byName.get(nameOf(line)) ?? []).map(({ at }) => at.file));
  const [oldPlaces, newPlaces] = [base, head].map(({ places }) =>
    [...places.of(line.dependency, file)].sort(),
  );
  return oldLines.every(({ at }) => files.has(at.file)) && oldPlaces?.join('\n') === newPlaces?.join('\n');
}

/** Where the lines of a package led before: those of the same file, else all of them. null where none declared it. */
function placesBefore(
  line: DeclaredDependency,
  base: BaseState,
): { readonly places: Places; readonly isBound: boolean } | null {
  const lines = base.byName.get(nameOf(line)) ?? [];
  const ownLines = lines.filter(({ at }) => at.file === line.at.file);
  // What came from git or a path was bound to no index.
  const counting = (ownLines.length > 0 ? ownLines : lines).filter(
    ({ dependency }) => dependency.source.kind === 'registry' || isFromIndex(dependency),
  );
  if (counting.length === 0) return null;
  const bound = counting.filter(({ dependency }) => isFromIndex(dependency));
  const meant = bound.length > 0 ? bound : counting;
  const places = meant.flatMap(({ dependency, at }) => [...base.places.of(dependency, at.file)]);
  return { places: new Set(places), isBound: bound.length > 0 };
}

interface Move {
  readonly lost: readonly string[];
  readonly after: readonly string[];
}

/** What is left out is told otherwise: a line of this change that names a registry for the first time. */
function moved(oldPlaces: Places, newPlaces: Places, bases: readonly BaseState[]): Move {
  const named = [...oldPlaces].filter((place) => place !== OWN);
  const added = [...newPlaces].filter((place) => !oldPlaces.has(place));
  const isNamed = (place: string) => place === OWN || bases.some(({ registries }) => registries.has(place));
  const lost = named.filter((place) => !newPlaces.has(place));
  if (added.length === 0) return { lost, after: [...newPlaces] };
  // What is asked besides the former places is another place only where it is the ecosystem's own registry.
  return lost.length > 0
    ? { lost, after: added.filter(isNamed) }
    : { lost: named, after: added.filter((place) => place === OWN) };
}

function join(falls: Map<string, Fall>, fall: Fall): void {
  const key = [fall.manifest.format.ecosystem, fall.before, fall.after, fall.subject ?? ''].join('\n');
  const knownFall = falls.get(key);
  if (knownFall === undefined) falls.set(key, fall);
  else falls.set(key, { ...knownFall, packages: [...knownFall.packages, ...fall.packages] });
}

async function sourceOf({ line, manifest, ...fall }: Fall, files: Files): Promise<ForeignSource> {
  const { dependency } = line;
  const { ecosystem } = dependency;
  const text = (await files.text(manifest.path)) ?? '';
  const place = placeOf(dependency.span, { ...manifest, lines: new LineIndex(text) });
  const isOwn = fall.after === OWN;
  const packages = new Map(fall.packages.map((subject) => [packageLabel(subject), subject]));
  const isOne = fall.subject !== null && packages.size === 1;
  return {
    ...place,
    ecosystem,
    package: isOne ? (fall.packages[0] ?? null) : null,
    named: fall.subject === null ? [] : [...packages.values()],
    specifier: isOne ? dependency.specifier : `every package of ${fall.subject ?? manifest.path}`,
    cause: { kind: 'takenAway', before: fall.before },
    what: isOwn ? 'its registry' : 'another registry',
    value: isOwn ? await publicAddress(ecosystem) : fall.after,
  };
}
