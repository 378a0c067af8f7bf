import type { Declarations } from '../declarations/declarations.ts';
import { importName, isAlias, isFromIndex, lineKey } from '../declarations/dependency-line.ts';
import {
  ARCHIVES,
  OWN,
  publicAddress,
  SourcePlaces,
  USUAL_CHANNELS,
  type Places,
} from '../declarations/places.ts';
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
  /** An approval can name the new place as the one that the package comes from. */
  readonly isApprovable: boolean;
}

async function namesRegistry(paths: readonly string[], states: readonly Declarations[]): Promise<boolean> {
  for (const state of states) {
    for (const path of paths) {
      const manifest = await state.manifestAt(path);
      const included = await Promise.all(manifest.includes.map((include) => state.manifestAt(include)));
      // Settings that say nothing of registries may be read in place of others that do.
      if (manifest.format.isSettings || [manifest, ...included].some(isAboutRegistries)) return true;
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

function isAboutRegistries({ declared, ...manifest }: ReadManifest): boolean {
  const { registries, usualRegistries, withoutIndex, channels } = manifest;
  return (
    [registries, usualRegistries, withoutIndex, channels].some(({ length }) => length > 0) ||
    declared.some(({ dependency }) => isFromIndex(dependency))
  );
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

/** An alias asks for its target. */
function nameOf({ dependency }: DeclaredDependency): string {
  return packageLabel(packageOf(dependency.ecosystem, dependency.name ?? importName(dependency)));
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
  const isForeign = source.kind === 'foreign' && !isAlias(dependency);
  if (isForeign && (!isFromIndex(dependency) || isNewLine)) return [];
  const placesNow = head.places.asked(dependency, at.file);
  const oldPlaces = bases.map((base) => {
    const old = placesBefore(line, head, base);
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
    isApprovable: alone !== null && placesNow.size === 1 && place !== USUAL_CHANNELS,
  }));
}

/** A file takes one more package from where it takes all others, and the lines that there were have stayed. */
function isAddition(line: DeclaredDependency, head: HeadState, base: BaseState): boolean {
  const { file } = line.at;
  const oldLines = base.byName.get(nameOf(line)) ?? [];
  if (!base.paths.has(file) || oldLines.some(({ at }) => at.file === file)) return false;
  const files = new Set((head.byName.get(nameOf(line)) ?? []).map(({ at }) => at.file));
  const [oldPlaces, newPlaces] = [base, head].map(({ places }) =>
    [...places.asked(line.dependency, file)].sort(),
  );
  return oldLines.every(({ at }) => files.has(at.file)) && oldPlaces?.join('\n') === newPlaces?.join('\n');
}

/** Where the lines of a package led before: those of the same file, else all of them. null where none declared it. */
function placesBefore(
  line: DeclaredDependency,
  head: HeadState,
  base: BaseState,
): { readonly places: Places; readonly isBound: boolean } | null {
  const lines = base.byName.get(nameOf(line)) ?? [];
  const ownLines = lines.filter(({ at }) => at.file === line.at.file);
  const sameLines = linesLike(line, base);
  if (sameLines.length > 0 && sameLines.length >= linesLike(line, head).length)
    return placesOf(sameLines, base);
  // What came from git or a path was bound to no index.
  const counting = (ownLines.length > 0 ? ownLines : lines).filter(
    ({ dependency }) =>
      dependency.source.kind === 'registry' || isFromIndex(dependency) || isAlias(dependency),
  );
  return counting.length === 0 ? null : placesOf(counting, base);
}

/** The lines of the same file that say the same. */
function linesLike(line: DeclaredDependency, { byName }: HeadState): readonly DeclaredDependency[] {
  const key = lineKey(line.dependency);
  const lines = byName.get(nameOf(line)) ?? [];
  return lines.filter(({ dependency, at }) => at.file === line.at.file && lineKey(dependency) === key);
}

/** Lines that name an index tell more than those that name none. */
function placesOf(
  lines: readonly DeclaredDependency[],
  { places }: BaseState,
): { readonly places: Places; readonly isBound: boolean } {
  const bound = lines.filter(({ dependency }) => isFromIndex(dependency));
  const meant = bound.length > 0 ? bound : lines;
  const registries = meant.flatMap(({ dependency, at }) => [...places.asked(dependency, at.file)]);
  return { places: new Set(registries), isBound: bound.length > 0 };
}

interface Move {
  readonly lost: readonly string[];
  readonly after: readonly string[];
}

/** What is left out is told otherwise: a line of this change that names a registry for the first time. */
function moved(oldPlaces: Places, newPlaces: Places, bases: readonly BaseState[]): Move {
  const named = [...oldPlaces].filter((place) => !isUsual(place));
  const added = [...newPlaces].filter((place) => !oldPlaces.has(place));
  const isNamed = (place: string) => isUsual(place) || bases.some(({ registries }) => registries.has(place));
  const lost = named.filter((place) => !newPlaces.has(place));
  if (added.length === 0) return { lost, after: [...newPlaces].filter((place) => place !== ARCHIVES) };
  // What is asked besides the former places is another place only where it is the ecosystem's own registry.
  return lost.length > 0
    ? { lost, after: added.filter(isNamed) }
    : { lost: named, after: added.filter(isUsual) };
}

/** Where packages come from that no line takes elsewhere. */
function isUsual(place: string): boolean {
  return place === OWN || place === USUAL_CHANNELS;
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
  const packages = new Map(fall.packages.map((subject) => [packageLabel(subject), subject]));
  const isOne = fall.subject !== null && packages.size === 1;
  return {
    ...place,
    ecosystem,
    package: isOne ? (fall.packages[0] ?? null) : null,
    named: fall.isApprovable ? [...packages.values()] : [],
    specifier: isOne ? askedName(dependency) : `every package of ${fall.subject ?? manifest.path}`,
    cause: { kind: 'takenAway', before: fall.before },
    what: places.get(fall.after) ?? 'another registry',
    value: fall.after === OWN ? await publicAddress(ecosystem) : fall.after,
  };
}

/** What the places are called that no line names. */
const places: ReadonlyMap<string, string> = new Map([
  [OWN, 'its registry'],
  [USUAL_CHANNELS, 'the usual channels'],
]);

function askedName(dependency: Dependency): string {
  return isAlias(dependency) && dependency.name !== null ? dependency.name : dependency.specifier;
}
