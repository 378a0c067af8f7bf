import type { Fact } from '../../model/evidence.ts';
import type { PackageFacts } from '../../model/registry-facts.ts';
import { asList, asRecord, asText, asTime, parseJson } from '../../documents/values.ts';
import type { EcosystemRegistry, LookupRequest, RegistryAnswer } from '../../model/registry.ts';
import { notFound, refusedBy } from '../shared/registry-answers.ts';
import { routes } from './routes.ts';
import { modulesOf, newestWheel, provides } from './wheel.ts';
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
  archives: { title: 'wheel', modulesOf, provides },
  lookup: async (request) => {
    const url = `${request.endpoint.url}/${request.name}/`;
    const accept = `${jsonPage}, text/html;q=0.1`;
    const reply = await request.send({ url, accept, etag: request.etag, cap: pageCap });
    if (reply.kind === 'failed') return { kind: 'unknown', reason: reply.reason };
    if (reply.kind === 'notSent') return { kind: 'notAsked', reason: reply.reason };
    if (reply.status === 304) return { kind: 'unchanged' };
    const text = new TextDecoder().decode(reply.body);
    const isHtml = (reply.header('content-type') ?? '').includes('html');
    if (reply.status === 404) return isIndexError(text, isHtml) ? notFound(request) : notAnIndex('HTTP 404');
    if (reply.status !== 200) return refusedBy(reply.status);
    if (isHtml) return readHtml(text, url, request);
    if (reply.capped) return tooLong(reply.header('content-type') ?? '');
    const answer = readJson(text, url, request);
    return answer.kind === 'present' ? { ...answer, etag: reply.header('etag') } : answer;
  },
};

/** Indexes say "not found" in a line of text, in JSON, or on a short page; a portal shows a form or a script. */
function isIndexError(text: string, isHtml: boolean): boolean {
  if (!isHtml) return true;
  return /404|not found/i.test(text) && !/<(?:form|script|iframe|meta[^<>]{0,200}refresh)/i.test(text);
}

function notAnIndex(what: string): RegistryAnswer {
  return { kind: 'unknown', reason: `${what} with a body that no package index sends` };
}

/** A page of this length has hundreds of files. Only the agreed content type tells it from noise. */
function tooLong(contentType: string): RegistryAnswer {
  if (!contentType.startsWith(jsonPage)) return notAnIndex('a long answer');
  const facts = factsOf({ created: { state: 'unknown', reason: 'too many files' }, count: null });
  return { kind: 'present', facts, archive: null, etag: null };
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
  if (name === null || !Array.isArray(page.get('files'))) return notAnIndex('HTTP 200');
  if (name.replace(/[-_.]+/g, '-').toLowerCase() !== request.name) {
    return { kind: 'unknown', reason: 'its index answered for another name' };
  }
  const files = asList(page.get('files')).map(asRecord);
  const wheel = newestWheel(files.map((file) => candidateOf(file, url)));
  const listed = asList(page.get('versions'));
  const status = asRecord(page.get('project-status'));
  const facts = factsOf({
    created: firstUpload(files, request),
    count: listed.length > 0 ? listed.length : new Set(files.map(versionOf)).size,
    status: statusOf(asText(status.get('status')) ?? asText(status.get('state'))),
    reason: asText(status.get('reason')),
    latest: wheel?.version ?? null,
    yanked: files.length > 0 && files.every((file) => isYanked(file.get('yanked'))),
    attested: files.length === 0 ? null : files.at(-1)?.has('provenance') === true,
  });
  return { kind: 'present', facts, archive: wheel?.file ?? null, etag: null };
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
  const url = asText(file.get('url')) ?? '';
  return {
    filename: asText(file.get('filename')) ?? '',
    url: URL.canParse(url, page) ? new URL(url, page).href : '',
    size: typeof size === 'number' && Number.isSafeInteger(size) ? size : null,
    metadata: metadata === true || asRecord(metadata).size > 0,
    uploaded: asTime(file.get('upload-time')),
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

function versionOf(file: ReadonlyMap<string, unknown>): string {
  return (asText(file.get('filename')) ?? '').replace(/\.(?:tar\.gz|zip|whl|egg)$/, '').split('-')[1] ?? '';
}

/** A PEP 503 page: a list of links to files of this project. */
function readHtml(text: string, url: string, request: LookupRequest): RegistryAnswer {
  const links = [...text.matchAll(/<a\s[^<>]{0,2000}>([^<]{1,300})<\/a>/gi)].map(([, name = '']) =>
    name.trim(),
  );
  const start = request.name.replaceAll('-', '_');
  const files = links.filter((name) => {
    const plain = name.replace(/[-_.]+/g, '_').toLowerCase();
    return plain.startsWith(`${start}_`) && /\.(?:whl|tar\.gz|zip|egg|tar\.bz2)$/.test(name);
  });
  const isEmptyPage = text.includes('pypi:repository-version') && links.length === 0;
  if (files.length === 0 && !isEmptyPage) return notAnIndex(`a page at ${new URL(url).host}`);
  const created: Fact<string> = { state: 'unknown', reason: 'its index tells no date' };
  const count = new Set(files.map((name) => versionOf(new Map([['filename', name]])))).size;
  return { kind: 'present', facts: factsOf({ created, count }), archive: null, etag: null };
}
