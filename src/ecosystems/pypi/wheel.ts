import type { Fact } from '../../model/evidence.ts';
import type { Reply, Send } from '../../model/http.ts';
import type { Archive, PackageRequirement } from '../../model/registry.ts';
import { statusText } from '../shared/registry-answers.ts';
import { compareVersions, isFinal } from './version-order.ts';
import { foldersIn, isPathFile, pathFileCap, pathsWithin } from './path-files.ts';
import { contentOf, entriesOf, findDirectory, type ZipEntry } from './zip-directory.ts';

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
  return wheelOf(candidates, highest.version);
}

/** A wheel of a version, whatever its owner says of that by now: one that runs everywhere, else the first. */
export function wheelOf(files: readonly WheelCandidate[], target: string): Archive | undefined {
  const wheels = files.filter(
    (file) =>
      file.filename.endsWith('.whl') && file.url !== '' && compareVersions(file.version, target) === 0,
  );
  const chosen = wheels.find(({ filename }) => filename.endsWith('-any.whl')) ?? wheels[0];
  if (chosen === undefined) return undefined;
  const { url, filename, version, size, metadata } = chosen;
  const variants = filename.endsWith('-any.whl') ? [] : variantsOf(chosen, wheels);
  return { url, filename, version, size, metadata, ...(variants.length > 0 && { variants }) };
}

/** Two architectures of Linux, and one each of two other systems, are what people run. */
const mostVariants = 3;

/** @returns The addresses of wheels for other platforms than that of a wheel, one for each. */
function variantsOf(wheel: WheelCandidate, wheels: readonly WheelCandidate[]): readonly string[] {
  const urls = new Map<string, string>();
  for (const { filename, url, metadata } of wheels) {
    const platform = platformOf(filename);
    if (metadata && platform !== platformOf(wheel.filename) && !urls.has(platform)) urls.set(platform, url);
  }
  return [...urls.values()].slice(0, mostVariants);
}

/** @returns System and architecture, without their versions: `linux_x86_64` of `manylinux_2_28_x86_64` (PEP 600, 656). */
function platformOf(filename: string): string {
  const tag = filename.slice(filename.lastIndexOf('-') + 1, -'.whl'.length);
  return tag.replace(/^(?:many|musl)/, '').replace(/^([a-z]+)\d*(?:_\d+)*_/, '$1_');
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
  const contents = await contentsByRange(wheel, send);
  if ('state' in contents) return contents;
  const folders = await pathFolders(contents);
  if ('state' in folders) return folders;
  const roots = importRoots(
    contents.entries.map(({ name }) => name),
    folders,
  );
  if (roots.length === 0) return { state: 'unknown', reason: 'its wheel holds no modules' };
  return { state: 'present', value: roots, asOf: currentTime.toISOString() };
}

/** `Import-Name` and `Import-Namespace` of the core metadata, whose headers end at the first empty line. */
async function declaredModules(wheel: Archive, send: Send): Promise<string[]> {
  const headers = await metadataHeaders(wheel.url, send);
  if (typeof headers !== 'string') return [];
  const names = [...headers.matchAll(/^Import-Name(?:space)?:[ \t]*([\w.]+)/gim)];
  return names.map(([, name = '']) => name);
}

/**
 * What a wheel needs, as `Requires-Dist` of its metadata says it
 * (https://packaging.python.org/en/latest/specifications/core-metadata/#requires-dist-multiple-use). Those of wheels for other
 * platforms may name more.
 */
export async function requirementsOf(
  wheel: Archive,
  currentTime: Date,
  send: Send,
): Promise<Fact<readonly PackageRequirement[]>> {
  if (!wheel.metadata) return { state: 'unknown', reason: 'its index serves no metadata of its wheel' };
  const all = await Promise.all(
    [wheel.url, ...(wheel.variants ?? [])].map((url) => metadataHeaders(url, send)),
  );
  const gap = all.find((headers) => typeof headers !== 'string');
  if (gap !== undefined) return gap;
  const requirements = all.flatMap((headers) => (typeof headers === 'string' ? requirementsIn(headers) : []));
  return { state: 'present', value: requirements, asOf: currentTime.toISOString() };
}

function requirementsIn(headers: string): readonly PackageRequirement[] {
  const lines = headers.matchAll(/^Requires-Dist:[ \t]*([\w.-]+)[ \t]*(?:\[([^\]\n]*)\])?([^\n]*)/gim);
  return [...lines].map(([, name = '', extras = '', ending = '']) => ({
    name,
    extras: extras.split(',').flatMap((extra) => (extra.trim() === '' ? [] : [normalExtra(extra.trim())])),
    onlyWith: extrasInMarker(ending),
  }));
}

/** @returns The extras that a marker (PEP 508) asks for: `; extra == 'socks'`. What it says of environments is left out. */
function extrasInMarker(text: string): readonly string[] {
  const marker = text.includes(';') ? text.slice(text.indexOf(';')) : '';
  const names = marker.matchAll(/\bextra\s*===?\s*["']([^"']*)["']|["']([^"']*)["']\s*===?\s*extra\b/g);
  return [...names].map(([, right, left]) => normalExtra(right ?? left ?? ''));
}

/** PEP 685. */
function normalExtra(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** @returns The headers, or why nobody has them. */
async function metadataHeaders(wheelUrl: string, send: Send): Promise<string | Gap> {
  const url = `${wheelUrl}.metadata`;
  const reply = await send({ url, cap: metadataCap });
  if (reply.kind === 'notSent') return { state: 'notAsked', reason: reply.reason };
  if (reply.kind === 'failed') return { state: 'unknown', reason: reply.reason };
  if (reply.status !== 200) return { state: 'unknown', reason: statusText(new URL(url).host, reply.status) };
  return new TextDecoder().decode(reply.body).split(/\r?\n\r?\n/, 1)[0] ?? '';
}

/** Why nobody can tell what a wheel holds. */
type Gap = Extract<Fact<never>, { readonly reason: string }>;

/** What a wheel holds. */
interface WheelContents {
  readonly entries: readonly ZipEntry[];
  /** Where its files end and the list of them begins. */
  readonly end: number;
  /** @returns The bytes from one offset to another, without that one, or why nobody serves them. */
  readonly bytes: (start: number, end: number) => Promise<Uint8Array | Gap>;
}

/** @returns The wheel's files, or why they are unknown. */
async function contentsByRange(wheel: Archive, send: Send): Promise<WheelContents | Gap> {
  const size = wheel.size ?? (await sizeOf(wheel, send));
  if (typeof size !== 'number') return size;
  const tailStart = Math.max(0, size - tailLength);
  const tail = await range({ url: wheel.url, start: tailStart, end: size - 1 }, send);
  if (!(tail instanceof Uint8Array)) return tail;
  const directory = findDirectory(tail);
  if (directory === undefined || directory.size > directoryCap) return unreadable;
  const bytes: WheelContents['bytes'] = async (start, end) =>
    start >= tailStart
      ? tail.subarray(start - tailStart, end - tailStart)
      : range({ url: wheel.url, start, end: end - 1 }, send);
  const list = await bytes(directory.offset, directory.offset + directory.size);
  return list instanceof Uint8Array ? { entries: entriesOf(list), end: directory.offset, bytes } : list;
}

/** The host serves whole files alone, as some mirrors do. */
const noRanges: Gap = { state: 'unknown', reason: 'its wheel can’t be read in parts' };
const unreadable: Gap = { state: 'unknown', reason: 'its wheel could not be read' };

/** More path files than this are in no wheel that people use. */
const mostPathFiles = 4;
/** What a local header may hold beyond the list of files: extra fields, which tools keep short. */
const headerRoom = 512;

/** @returns The folders that path files of a wheel name, or why one can't be read. */
async function pathFolders({ entries, end, bytes }: WheelContents): Promise<readonly string[] | Gap> {
  const files = entries.filter(({ name }) => isPathFile(installedPath(name) ?? '')).slice(0, mostPathFiles);
  const folders: string[] = [];
  for (const file of files) {
    const length = 30 + 4 * file.name.length + headerRoom + file.packedSize;
    if (file.packedSize > pathFileCap || file.offset >= end) return unreadable;
    const local = await bytes(file.offset, Math.min(end, file.offset + length));
    if (!(local instanceof Uint8Array)) return local;
    const content = contentOf(file, local, pathFileCap);
    if (content === null) return unreadable;
    for (const folder of foldersIn(new TextDecoder().decode(content))) folders.push(folder);
  }
  return folders;
}

/** A request that was not sent, or got no answer, says nothing about the host's way to serve files. */
function gapOf(reply: Reply, url: string): Gap {
  if (reply.kind === 'notSent') return { state: 'notAsked', reason: reply.reason };
  if (reply.kind === 'failed') return { state: 'unknown', reason: reply.reason };
  return reply.status < 400 || reply.status === 416 || reply.status === 501
    ? noRanges
    : { state: 'unknown', reason: statusText(new URL(url).host, reply.status) };
}

async function sizeOf({ url }: Archive, send: Send): Promise<number | Gap> {
  const reply = await send({ url, range: 'bytes=0-0', cap: 1 });
  if (reply.kind !== 'reply' || reply.status !== 206) return gapOf(reply, url);
  const total = /\/(\d{1,15})$/.exec(reply.header('content-range') ?? '')?.[1];
  return total === undefined ? noRanges : Number(total);
}

interface Part {
  readonly url: string;
  readonly start: number;
  readonly end: number;
}

/** @returns Exactly the bytes asked for, or why they did not come. */
async function range({ url, start, end }: Part, send: Send): Promise<Uint8Array | Gap> {
  const cap = end - start + 1;
  if (cap < 1) return noRanges;
  const reply = await send({ url, range: `bytes=${start}-${end}`, cap });
  if (reply.kind !== 'reply' || reply.status !== 206) return gapOf(reply, url);
  const begins = (reply.header('content-range') ?? '').startsWith(`bytes ${start}-`);
  return begins && reply.body.length === cap ? reply.body : noRanges;
}

/**
 * What can be imported from an installed wheel: top-level modules and packages, and below namespace
 * packages (folders without `__init__`, PEP 420) the first names that are more than a namespace.
 *
 * @param names Paths inside the wheel (https://packaging.python.org/en/latest/specifications/binary-distribution-format/).
 * @param folders Those that its path files add to where Python looks for modules.
 */
export function importRoots(names: readonly string[], folders: readonly string[] = []): readonly string[] {
  const paths = names.map(installedPath).filter((path) => path !== undefined);
  return [...new Set([...rootsAmong(paths), ...rootsAmong(pathsWithin(paths, folders))])].toSorted();
}

function rootsAmong(paths: readonly string[]): ReadonlySet<string> {
  const modules = paths.map(modulePath).filter((path) => path !== undefined);
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
  return roots;
}

/** Where a file of a wheel is installed, from where packages are; undefined for what belongs elsewhere. */
function installedPath(name: string): string | undefined {
  const inData = /^[^/]+\.data\/(?:purelib|platlib)\/(.+)$/.exec(name)?.[1];
  if (inData !== undefined) return inData;
  return /\.(?:dist-info|data|egg-info)$/.test(name.split('/', 1)[0] ?? '') ? undefined : name;
}

/** The dotted path of a file that can be imported, in parts; undefined for everything else. */
function modulePath(name: string): string[] | undefined {
  const path = name.split('/');
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
