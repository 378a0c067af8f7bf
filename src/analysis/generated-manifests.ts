import { packageOf } from '../ecosystems/index.ts';
import type { DeclaredDependency, LockedLines } from '../declarations/read.ts';
import { extrasIn, versionIn, type RequirementTexts } from '../declarations/requirement-texts.ts';
import type { Declarations } from '../declarations/declarations.ts';
import type { Requirer } from '../model/manifest.ts';
import { packageLabel } from '../model/package.ts';
import type { PolicyChange } from '../model/policy.ts';
import type { Change, Touched } from '../model/snapshot.ts';
import type { Policy } from '../policy/policy.ts';
import { expectedPins } from './expected-pins.ts';
import type { RequirementClaim } from './requirement-claims.ts';
import { comesFrom, isLockedAt, JudgedLocks, type JudgedManifests } from './locked-lines.ts';

/** The manifests of the states of a change. */
export interface GenerationInspection extends JudgedManifests {
  readonly bases: readonly Declarations[];
  readonly changes: readonly Change[];
  readonly touched: Touched | null;
  readonly isManifest: (path: string) => boolean;
  readonly decide: Policy['decide'];
}

/** What a change does to such manifests, and what it says in them that registries can tell. */
export interface GeneratedChanges {
  readonly changes: readonly PolicyChange[];
  readonly claims: readonly RequirementClaim[];
}

/** Of a change that does nothing to such manifests. */
const nothingGenerated: GeneratedChanges = { changes: [], claims: [] };

/**
 * Lists what a change does to manifests that programs write from others. From the state on in which such a file is one,
 * whoever adds a line to it has to say no more than what needs the package; that is for a reviewer to see.
 *
 * @returns A change for each file that becomes one, or is one no longer, and for each package that is new in one although
 *   nothing that changed in it or its sources brings it. A claim for each new package that something may bring.
 */
export async function generatedManifests(inspection: GenerationInspection): Promise<GeneratedChanges> {
  if (inspection.bases.length === 0) return nothingGenerated;
  const paths = await inspectedPaths(inspection);
  const all = await Promise.all(paths.map((path) => changesOf(path, inspection)));
  return {
    changes: all.flatMap(({ changes }) => changes),
    claims: all.flatMap(({ claims }) => claims),
  };
}

/** A file that comes or goes may be the source of any other one; an edited one is looked at alone. */
async function inspectedPaths({
  head,
  bases,
  changes,
  touched,
  isManifest,
}: GenerationInspection): Promise<readonly string[]> {
  const edited = changes.map(({ path }) => path).filter(isManifest);
  const editedPaths = new Set(edited);
  const isNew = changes.some(
    ({ path, previous }) => isManifest(path) && !previous.some((paths) => paths.includes(path)),
  );
  const isGone = [...(touched ?? [])].some((path) => isManifest(path) && !editedPaths.has(path));
  if (!isNew && !isGone) return edited;
  const generated = await Promise.all([head, ...bases].map((state) => state.lockingManifests()));
  return [...new Set([...edited, ...generated.flat()])];
}

async function changesOf(path: string, inspection: GenerationInspection): Promise<GeneratedChanges> {
  const { head, bases } = inspection;
  const headLocks = await lockedIn(head, path);
  const baseLocks = await Promise.all(bases.map((base) => lockedIn(base, path)));
  if (headLocks === null)
    return baseLocks.includes(null)
      ? nothingGenerated
      : { changes: await goneChange(path, head), claims: [] };
  const isKnown = baseLocks.some((locked) => locked !== null && comesFrom(locked, headLocks));
  if (!isKnown) return { changes: [generatedChange(path, headLocks)], claims: [] };
  return newPins(path, headLocks, inspection);
}

/** A file of which all lines declare is as one that people write. */
async function lockedIn(state: Declarations, path: string): Promise<LockedLines | null> {
  const locked = await state.lockedIn(path);
  return locked !== null && locked.all.length > 0 ? locked : null;
}

function generatedChange(path: string, { sources }: LockedLines): PolicyChange {
  const from = sources.join(', ');
  const what = `${path} counts as a lockfile of ${from}: what is added to it as a dependency of others is not judged`;
  return { ...nobody, kind: 'generated', subject: `${path} from ${from}`, file: path, line: 1, what };
}

/** @returns Nothing where the file is gone. */
async function goneChange(path: string, head: Declarations): Promise<readonly PolicyChange[]> {
  const { length } = await head.linesIn(path);
  if (length === 0) return [];
  const packages = length === 1 ? 'its package is' : `its ${String(length)} packages are`;
  const what = `${path} counts as a lockfile no longer: ${packages} declared from the next change on`;
  return [{ ...nobody, kind: 'generated', subject: path, file: path, line: 1, what }];
}

const nobody = { approves: null, by: null, reason: null } as const;

async function newPins(
  path: string,
  locked: LockedLines,
  { head, bases, trusted, decide }: GenerationInspection,
): Promise<GeneratedChanges> {
  const expected = await expectedPins(path, locked, { head, bases });
  const locks = new JudgedLocks(path, { head, trusted });
  const [versions, requests] = [
    await head.requirementsIn([path]),
    await head.requirementsIn(locked.manifests),
  ];
  const claims = new Map<string, RequirementClaim>();
  const changes: PolicyChange[] = [];
  for (const line of locked.all) {
    const { name } = line.dependency;
    if (name === null || isDecided(line, decide) || (expected.has(name) && requests.has(name))) continue;
    if (await isKnown(line, path, bases)) continue;
    if (!(await locks.holds(line.dependency))) continue;
    if (expected.has(name)) claims.set(name, claimOf(line, locked, { versions, requests, expected }));
    else changes.push(pinChange(line, locked, versions));
  }
  return { changes, claims: [...claims.values()] };
}

interface PinContext {
  readonly versions: RequirementTexts;
  /** What the sources ask for. */
  readonly requests: RequirementTexts;
  readonly expected: ReadonlySet<string>;
}

/** Of what the file says to need a package, only what it pins can be asked about. */
function claimOf(
  { dependency, at }: DeclaredDependency,
  { requirers }: LockedLines,
  { versions, requests, expected }: PinContext,
): RequirementClaim {
  const subject = packageOf(dependency.ecosystem, dependency.name ?? dependency.specifier);
  const extrasOf = (name: string) => {
    const texts = requests.get(name);
    const requirersInFile = packageNames(requirers.get(name)).filter((by) => by !== name && versions.has(by));
    return texts === undefined || requirersInFile.length > 0
      ? null
      : new Set([...texts, ...(versions.get(name) ?? [])].flatMap(extrasIn));
  };
  const parents = [...new Set(packageNames(requirers.get(subject.name)))].flatMap((name) => {
    const texts = versions.get(name);
    if (texts === undefined || name === subject.name) return [];
    const all = versionsIn(texts);
    const pinned = all.filter((version) => version !== null);
    const pins = (pinned.length > 0 ? pinned : all).map((version) => ({
      package: packageOf(subject.ecosystem, name),
      version,
    }));
    return [{ name, pins, extras: extrasOf(name), isBrought: expected.has(name) }];
  });
  return { package: subject, at, parents };
}

function packageNames(requirers: readonly Requirer[] = []): readonly string[] {
  return requirers.flatMap((by) => (by.kind === 'package' ? [by.name] : []));
}

function isDecided({ dependency }: DeclaredDependency, decide: Policy['decide']): boolean {
  return (
    decide(packageOf(dependency.ecosystem, dependency.name ?? dependency.specifier)).kind !== 'unapproved'
  );
}

async function isKnown(
  { dependency }: DeclaredDependency,
  path: string,
  bases: readonly Declarations[],
): Promise<boolean> {
  for (const base of bases)
    if ((await isLockedAt(base, dependency, path)) || (await base.hasLine(dependency, path))) return true;
  return false;
}

function pinChange(
  { dependency, at }: DeclaredDependency,
  { requirers, sources }: LockedLines,
  versions: RequirementTexts,
): PolicyChange {
  const subject = packageOf(dependency.ecosystem, dependency.name ?? dependency.specifier);
  const parents = packageNames(requirers.get(subject.name));
  const neededBy = parents.flatMap((name) => {
    const parent = packageOf(subject.ecosystem, name);
    return versionsIn(versions.get(name)).map((version) => ({ package: parent, version }));
  });
  const label = packageLabel(subject);
  const what = `first locked ${label}, which ${parents.join(', ')} needs as ${at.file} says: no new package or extra of ${sources.join(', ')} leads to it, and no new version`;
  return { ...nobody, kind: 'pin', subject: label, ...at, what, approves: subject, neededBy };
}

/** @returns The versions that the lines of a package pin, of which an environment takes one; null for each that pins none. */
function versionsIn(texts: ReadonlySet<string> | undefined): readonly (string | null)[] {
  return [...new Set([...(texts ?? [''])].map(versionIn))];
}
