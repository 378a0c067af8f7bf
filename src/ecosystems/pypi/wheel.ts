import type { Fact } from '../../model/evidence.ts';
import type { Send } from '../../model/http.ts';
import type { Archive } from '../../model/registry.ts';
import { compareVersions, isFinal } from './version-order.ts';
import { fileNames, findDirectory } from './zip-directory.ts';

/** A file of a project's page, which may be a wheel. */
export interface WheelCandidate extends Archive {
  readonly yanked: boolean;
}

/**
 * The wheel that tells most surely what people get who ask for the project: of its highest version, a final one where
 * there is any; one that runs everywhere, else the first.
 */
export function newestWheel(files: readonly WheelCandidate[]): Archive | undefined {
  const wheels = files.filter((file) => file.filename.endsWith('.whl') && file.url !== '' && !file.yanked);
  const finalWheels = wheels.filter(({ version }) => isFinal(version));
  const candidates = finalWheels.length > 0 ? finalWheels : wheels;
  const [highest] = candidates.toSorted((left, right) => compareVersions(right.version, left.version));
  if (highest === undefined) return undefined;
  const latestWheels = candidates.filter(({ version }) => version === highest.version);
  const { url, filename, version, size, metadata } =
    latestWheels.find((file) => file.filename.endsWith('-any.whl')) ?? highest;
  return { url, filename, version, size, metadata };
}

const metadataCap = 1024 * 1024;
/** Holds the list of files of nearly every wheel. */
const tailLength = 64 * 1024;
const directoryCap = 1024 * 1024;

/**
 * The modules that a wheel provides: what its metadata declare (PEP 794), else what its list of files
 * shows, read by ranges without fetching the wheel. A dotted name is what lies below a namespace package.
 */
export async function modulesOf(
  wheel: Archive,
  currentTime: Date,
  send: Send,
): Promise<Fact<readonly string[]>> {
  const declared = wheel.metadata ? await declaredModules(wheel, send) : [];
  if (declared.length > 0) return { state: 'present', value: declared, asOf: currentTime.toISOString() };
  const names = await namesByRange(wheel, send);
  if (typeof names === 'string') return { state: 'unknown', reason: names };
  const roots = importRoots(names);
  if (roots.length === 0) return { state: 'unknown', reason: 'its wheel holds no modules' };
  return { state: 'present', value: roots, asOf: currentTime.toISOString() };
}

/** `Import-Name` and `Import-Namespace` of the core metadata, whose headers end at the first empty line. */
async function declaredModules(wheel: Archive, send: Send): Promise<string[]> {
  const headers = (await metadataHeaders(wheel, send)) ?? '';
  const names = [...headers.matchAll(/^Import-Name(?:space)?:[ \t]*([\w.]+)/gim)];
  return names.map(([, name = '']) => name);
}

/**
 * The distributions that a wheel needs, as `Requires-Dist` of its metadata names them
 * (https://packaging.python.org/en/latest/specifications/core-metadata/#requires-dist-multiple-use).
 */
export async function requirementsOf(
  wheel: Archive,
  currentTime: Date,
  send: Send,
): Promise<Fact<readonly string[]>> {
  const headers = wheel.metadata ? await metadataHeaders(wheel, send) : null;
  if (headers === null) return { state: 'unknown', reason: 'its index serves no metadata of its wheel' };
  const names = [...headers.matchAll(/^Requires-Dist:[ \t]*([\w.-]+)/gim)];
  return { state: 'present', value: names.map(([, name = '']) => name), asOf: currentTime.toISOString() };
}

async function metadataHeaders(wheel: Archive, send: Send): Promise<string | null> {
  const reply = await send({ url: `${wheel.url}.metadata`, cap: metadataCap });
  if (reply.kind !== 'reply' || reply.status !== 200) return null;
  return new TextDecoder().decode(reply.body).split(/\r?\n\r?\n/, 1)[0] ?? '';
}

/** @returns The wheel's file names, or a reason why they are unknown. */
async function namesByRange(wheel: Archive, send: Send): Promise<readonly string[] | string> {
  const size = wheel.size ?? (await sizeOf(wheel, send));
  if (size === null) return noRanges;
  const start = Math.max(0, size - tailLength);
  const tail = await range({ url: wheel.url, start, end: size - 1 }, send);
  if (tail === null) return noRanges;
  const directory = findDirectory(tail);
  if (directory === undefined || directory.size > directoryCap) return 'its wheel could not be read';
  if (directory.offset >= start) {
    const from = directory.offset - start;
    return fileNames(tail.subarray(from, from + directory.size));
  }
  const { offset, size: length } = directory;
  const whole = await range({ url: wheel.url, start: offset, end: offset + length - 1 }, send);
  return whole === null ? noRanges : fileNames(whole);
}

const noRanges = 'its wheel can’t be read in parts';

async function sizeOf(wheel: Archive, send: Send): Promise<number | null> {
  const reply = await send({ url: wheel.url, range: 'bytes=0-0', cap: 1 });
  if (reply.kind !== 'reply' || reply.status !== 206) return null;
  const total = /\/(\d{1,15})$/.exec(reply.header('content-range') ?? '')?.[1];
  return total === undefined ? null : Number(total);
}

interface Part {
  readonly url: string;
  readonly start: number;
  readonly end: number;
}

/** @returns Exactly the bytes asked for, or null where the server does not serve parts. */
async function range({ url, start, end }: Part, send: Send): Promise<Uint8Array | null> {
  const cap = end - start + 1;
  if (cap < 1) return null;
  const reply = await send({ url, range: `bytes=${start}-${end}`, cap });
  const complete = reply.kind === 'reply' && reply.status === 206 && reply.body.length === cap;
  const begins =
    reply.kind === 'reply' && (reply.header('content-range') ?? '').startsWith(`bytes ${start}-`);
  return complete && begins ? reply.body : null;
}

/**
 * What can be imported from an installed wheel: top-level modules and packages, and below namespace
 * packages (folders without `__init__`, PEP 420) the first names that are more than a namespace.
 *
 * @param names Paths inside the wheel (https://packaging.python.org/en/latest/specifications/binary-distribution-format/).
 */
export function importRoots(names: readonly string[]): readonly string[] {
  const modules = names.map(modulePath).filter((path) => path !== undefined);
  const packages = new Set(
    modules.filter((path) => path.at(-1) === '__init__').map((path) => path.slice(0, -1).join('.')),
  );
  const roots = new Set<string>();
  for (const path of modules) {
    const parts = path.at(-1) === '__init__' ? path.slice(0, -1) : path;
    const regular = parts.findIndex((_, index) => packages.has(parts.slice(0, index + 1).join('.')));
    roots.add(parts.slice(0, regular === -1 ? parts.length : regular + 1).join('.'));
  }
  roots.delete('');
  return [...roots].toSorted();
}

/** The dotted path of a file that can be imported, in parts; undefined for everything else. */
function modulePath(name: string): string[] | undefined {
  const inData = /^[^/]+\.data\/(?:purelib|platlib)\/(.+)$/.exec(name)?.[1];
  const path = (inData ?? name).split('/');
  if (inData === undefined && /\.(?:dist-info|data|egg-info)$/.test(path[0] ?? '')) return undefined;
  const file = /^(\w+)(?:\.[\w-]+)?\.(?:py|pyd|so)$/.exec(path.at(-1) ?? '')?.[1];
  if (file === undefined) return undefined;
  const parts = [...path.slice(0, -1), file];
  return parts.every((part) => /^\w+$/.test(part)) ? parts : undefined;
}

/** Do these modules make `import module` work? A namespace that leads to one of them does too. */
export function provides(modules: readonly string[], module: string): boolean {
  return modules.some((root) => {
    return root === module || module.startsWith(`${root}.`) || root.startsWith(`${module}.`);
  });
}
