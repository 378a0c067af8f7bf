import { findEcosystem } from '../ecosystems/index.ts';
import type { Declarations } from '../declarations/declarations.ts';
import type { LockedLines } from '../declarations/read.ts';
import { extrasIn, versionIn, type RequirementTexts } from '../declarations/requirement-texts.ts';

/** The state that is judged, and those before it. */
interface States {
  readonly head: Declarations;
  readonly bases: readonly Declarations[];
}

/** What a file that a program wrote asks for, and what its sources do. */
interface Requests {
  readonly file: RequirementTexts;
  readonly sources: RequirementTexts;
}

type Comparison = (left: string, right: string) => boolean;

/**
 * Tells which new packages of a file that a program wrote are no surprise. The dependencies of a package only change with
 * its version and with the extras that it is asked for with, so bounds, markers and comments of a source bring nothing.
 *
 * @returns The packages that the sources ask for and that are new in the file, or have another extra; those of another
 *   version; and the new ones that the file says these need, and so on. In a merge each base has to agree.
 */
export async function expectedPins(
  path: string,
  locked: LockedLines,
  { head, bases }: States,
): Promise<ReadonlySet<string>> {
  const requestsIn = async (state: Declarations): Promise<Requests> => ({
    file: await state.requirementsIn([path]),
    sources: await state.requirementsIn(locked.manifests),
  });
  const [requests, baseRequests] = await Promise.all([requestsIn(head), Promise.all(bases.map(requestsIn))]);
  const comparison = await versionComparison(locked);
  const isForAll = (holds: (base: Requests) => boolean) => baseRequests.every(holds);
  const isNew = (name: string) => isForAll((base) => hasNewPin(name, { base, requests }, comparison));
  const names = new Set([...requests.file.keys(), ...requests.sources.keys()]);
  const roots = [...names].filter(
    (name) =>
      isForAll((base) => isNewlyAsked(name, { base, requests })) ||
      (isNew(name) && (requests.sources.has(name) || baseRequests.some(({ file }) => file.has(name)))),
  );
  return locked.neededBy(roots, isNew);
}

async function versionComparison({ all: [line] }: LockedLines): Promise<Comparison> {
  const ecosystem = line && findEcosystem(line.dependency.ecosystem);
  return (await ecosystem?.isSameVersion()) ?? ((left, right) => left === right);
}

interface Compared {
  readonly base: Requests;
  readonly requests: Requests;
}

/** @returns Whether the file takes a package in a version, or with an extra, that it did not have. */
function hasNewPin(name: string, { base, requests }: Compared, isSameVersion: Comparison): boolean {
  const basePins = [...(base.file.get(name) ?? [])];
  return [...(requests.file.get(name) ?? [])].some(
    (pin) => !basePins.some((basePin) => isSamePin(pin, basePin, isSameVersion)),
  );
}

/** An address is compared as it is written. No program writes a line that pins nothing, so it brings nothing. */
function isSamePin(pin: string, basePin: string, isSameVersion: Comparison): boolean {
  const [version, baseVersion] = [versionIn(pin), versionIn(basePin)];
  if (isAddress(pin)) return pin === basePin;
  if (version === null || baseVersion === null) return version === null;
  return isSameVersion(version, baseVersion) && isWithin(extrasIn(pin), extrasIn(basePin));
}

function isAddress(pin: string): boolean {
  return /^[^;]*(?:@|:\/\/)/.test(pin);
}

/** @returns Whether the sources ask for a new extra of a package, or for one that stands in the file without a name. */
function isNewlyAsked(name: string, { base, requests }: Compared): boolean {
  const [texts, baseTexts] = [requests.sources.get(name), base.sources.get(name)];
  if (texts === undefined) return false;
  if (baseTexts === undefined && !requests.file.has(name)) return true;
  const baseExtras = [...(baseTexts ?? [])].flatMap(extrasIn);
  return ![...texts].every((text) => isWithin(extrasIn(text), baseExtras));
}

function isWithin(names: readonly string[], superset: readonly string[]): boolean {
  return names.every((name) => superset.includes(name));
}
