import type { Fact } from '../../model/evidence.ts';
import type { PackageFacts } from '../../model/registry-facts.ts';
import { asList, asRecord, asText, asTime, parseJson } from '../../documents/values.ts';
import type { EcosystemRegistry, LookupRequest, RegistryAnswer } from '../../model/registry.ts';
import { notFound, refusedBy } from '../shared/registry-answers.ts';
import { routes } from './routes.ts';
import { compareVersions, highest, isFinal } from './version-order.ts';
import { modulesOf, newestWheel, provides, requirementsOf, wheelOf } from './wheel.ts';
import type { WheelCandidate } from './wheel.ts';

/** The largest projects' pages have a few megabytes. */
const pageCap = 8 * 1024 * 1024;
const versionsBeyondCap = 100;
const jsonPage = 'application/vnd.pypi.simple.v1+json';

/**
 * The Python Package Index and those that speak like it: the simple API in JSON (PEP 691, 700, 792), else
 * its HTML (PEP 503). Not `/pypi/NAME/json`, which says 404 for quarantined projects.
 */
export const pypiRegistry: EcosystemRegistry = {
  id: 'pypi',
  publicUrl: () => Promise.resolve('https://pypi.org/simple'),
  routes,
  archives: { title: 'wheel', modulesOf, requirementsOf, highest, provides },
  client: 'pip',
  recognise: lookup,
  datesFiles: true,
  lookup,
};

async function lookup(request: LookupRequest): Promise<RegistryAnswer> {
  const url = `${request.endpoint.url}/${request.name}/`;
  const accept = `${jsonPage}, text/html;q=0.1`;
  const reply = await request.send({ url, accept, etag: request.etag, cap: pageCap });
  if (reply.kind === 'failed') return { kind: 'unknown', reason: reply.reason };
  if (reply.kind === 'notSent') return { kind: 'notAsked', reason: reply.reason };
  if (reply.status === 304) return { kind: 'unchanged' };
  const text = new TextDecoder().decode(reply.body);
  const isHtml = (reply.header('content-type') ?? '').includes('html');
  if (reply.status === 404) return notFound(request, text);
  if (reply.status !== 200) return refusedBy(request, reply.status);
  if (isHtml) return readHtml(text, url, request);
  if (reply.capped) return tooLong(reply.header('content-type') ?? '', request);
  const answer = readJson(text, url, request);
  return answer.kind === 'present' ? { ...answer, etag: reply.header('etag') } : answer;
}

function notAnIndex({ endpoint }: LookupRequest, what: string): RegistryAnswer {
  const { host } = new URL(endpoint.url);
  return { kind: 'unknown', reason: `${host} answered ${what} that no package index sends` };
}

/** A page of this length has hundreds of files. Only the agreed content type tells it from noise. */
function tooLong(contentType: string, request: LookupRequest): RegistryAnswer {
  if (!contentType.startsWith(jsonPage)) return notAnIndex(request, 'something long');
  const facts = factsOf({ created: { state: 'unknown', reason: 'too many files' }, count: null });
  return { kind: 'present', facts, ...archivesAmong([], request), etag: null };
}

interface Page {
  readonly created: Fact<string>;
  /** null: more than were read. */
  readonly count: number | null;
  readonly status?: PackageFacts['status'];
  readonly reason?: string | null;
  readonly latest?: string | null;
  readonly yanked?: boolean;
  readonly attested?: boolean | null;
}

function factsOf(page: Page): PackageFacts {
  return {
    created: page.created,
    versions:
      page.count === null ? { count: versionsBeyondCap, exact: false } : { count: page.count, exact: true },
    latest: page.latest ?? null,
    deprecated: page.reason ?? null,
    status: page.status ?? 'active',
    isSecurityHolding: false,
    latestIsSecurityHolding: false,
    installScripts: null,
    repository: null,
    owners: [],
    attested: page.attested ?? null,
    yanked: page.yanked ?? false,
  };
}

function readJson(text: string, url: string, request: LookupRequest): RegistryAnswer {
  const page = asRecord(parseJson(text));
  const name = asText(page.get('name'));
  if (name === null || !Array.isArray(page.get('files'))) return notAnIndex(request, 'something');
  if (name.replace(/[-_.]+/g, '-').toLowerCase() !== request.name) {
    return { kind: 'unknown', reason: 'its index answered for another name' };
  }
  const files = asList(page.get('files')).map(asRecord);
  const candidates = files.map((file) => candidateOf(file, url));
  const listed = asList(page.get('versions'));
  const status = asRecord(page.get('project-status'));
  const latest = latestOf(candidates);
  const facts = factsOf({
    created: firstUpload(files, request),
    count: listed.length > 0 ? listed.length : new Set(candidates.map(({ version }) => version)).size,
    status: statusOf(asText(status.get('status')) ?? asText(status.get('state'))),
    reason: asText(status.get('reason')),
    latest,
    yanked: files.length > 0 && files.every((file) => isYanked(file.get('yanked'))),
    attested: attestedIn(files, latest),
  });
  return { kind: 'present', facts, ...archivesAmong(candidates, request), etag: null };
}

function archivesAmong(candidates: readonly WheelCandidate[], { version }: LookupRequest) {
  return {
    archive: newestWheel(candidates) ?? null,
    versionArchive:
      typeof version === 'string' ? { version, archive: wheelOf(candidates, version) ?? null } : null,
  };
}

/** @returns The version that people get who ask for none: the highest final one that was not yanked; else the highest. */
function latestOf(candidates: readonly WheelCandidate[]): string | null {
  const available = candidates.filter(({ yanked, version }) => !yanked && version !== '');
  const versions = (available.length > 0 ? available : candidates).map(({ version }) => version);
  const finalVersions = versions.filter(isFinal);
  const ordered = (finalVersions.length > 0 ? finalVersions : versions).toSorted(compareVersions);
  return ordered.at(-1) ?? null;
}

/**
 * An attestation of a file is a URL, and null where it has none (PEP 740); mirrors leave the key out.
 *
 * @returns Whether every file of the latest version has one; null where no file tells.
 */
function attestedIn(files: readonly ReadonlyMap<string, unknown>[], latest: string | null): boolean | null {
  if (!files.some((file) => file.has('provenance'))) return null;
  const latestFiles = files.filter((file) => versionOf(asText(file.get('filename')) ?? '') === latest);
  return latestFiles.length > 0 && latestFiles.every((file) => asText(file.get('provenance')) !== null);
}

function statusOf(text: string | null): PackageFacts['status'] {
  return text === 'archived' || text === 'deprecated' || text === 'quarantined' ? text : 'active';
}

function isYanked(value: unknown): boolean {
  return value === true || (typeof value === 'string' && value !== '');
}

function candidateOf(file: ReadonlyMap<string, unknown>, page: string): WheelCandidate {
  const metadata = file.get('core-metadata') ?? file.get('dist-info-metadata');
  const size = file.get('size');
  const filename = asText(file.get('filename')) ?? '';
  return {
    filename,
    version: versionOf(filename),
    url: absolute(asText(file.get('url')) ?? '', page),
    size: typeof size === 'number' && Number.isSafeInteger(size) ? size : null,
    metadata: metadata === true || asRecord(metadata).size > 0,
    yanked: isYanked(file.get('yanked')),
  };
}

/** The first upload of all files; unknown where one file has no date, or a mirror may have written them. */
function firstUpload(files: readonly ReadonlyMap<string, unknown>[], request: LookupRequest): Fact<string> {
  if (/mirror/i.test(new URL(request.endpoint.url).hostname)) {
    return { state: 'unknown', reason: 'a mirror, which may write its own dates' };
  }
  const times = files.map((file) => asTime(file.get('upload-time')));
  const knownTimes = times.filter((time) => time !== null).toSorted();
  const [first] = knownTimes;
  if (first === undefined) return { state: 'unknown', reason: 'its index tells no date' };
  if (knownTimes.length < times.length)
    return { state: 'unknown', reason: 'its index’s dates are incomplete' };
  return { state: 'present', value: first, asOf: request.now.toISOString() };
}

function absolute(url: string, page: string): string {
  return URL.canParse(url, page) ? new URL(url, page).href : '';
}

const extension = /\.(?:whl|tar\.gz|zip|egg|tar\.bz2)$/;

/** `1.0` of `foo_bar-1.0-py3-none-any.whl` and of `foo-bar-1.0.tar.gz`; '' where the name holds none. */
function versionOf(filename: string): string {
  const parts = filename.replace(extension, '').split('-');
  return (/\.(?:whl|egg)$/.test(filename) ? parts[1] : parts.slice(1).at(-1)) ?? '';
}

/** A PEP 503 page: a list of links to files of this project, some of them with the attributes of PEP 592 and 658. */
function readHtml(text: string, url: string, request: LookupRequest): RegistryAnswer {
  const links = [...text.matchAll(/<a\s([^<>]{0,2000})>([^<]{1,300})<\/a>/gi)].map(
    ([, attributes = '', name = '']) => ({ attributes, name: name.trim() }),
  );
  const start = request.name.replaceAll('-', '_');
  const files = links.filter(({ name }) => {
    const plain = name.replace(/[-_.]+/g, '_').toLowerCase();
    return plain.startsWith(`${start}_`) && extension.test(name);
  });
  const isEmptyPage = text.includes('pypi:repository-version') && links.length === 0;
  if (files.length === 0 && !isEmptyPage) return notAnIndex(request, 'with a page');
  const candidates = files.map((file) => linkedFile(file, url));
  const created: Fact<string> = { state: 'unknown', reason: 'its index tells no date' };
  const count = new Set(candidates.map(({ version }) => version)).size;
  const facts = factsOf({ created, count, latest: latestOf(candidates) });
  return { kind: 'present', facts, ...archivesAmong(candidates, request), etag: null };
}

function linkedFile(
  { attributes, name }: { readonly attributes: string; readonly name: string },
  page: string,
): WheelCandidate {
  const [, doubleQuoted, singleQuoted] = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes) ?? [];
  const [link = ''] = (doubleQuoted ?? singleQuoted ?? '').replaceAll('&amp;', '&').split('#', 1);
  return {
    filename: name,
    version: versionOf(name),
    url: link === '' ? '' : absolute(link, page),
    size: null,
    metadata: /\bdata-(?:core-metadata|dist-info-metadata)\s*=/i.test(attributes),
    yanked: /\bdata-yanked\b/i.test(attributes),
  };
}
