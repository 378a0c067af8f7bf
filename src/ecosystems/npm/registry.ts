import type { Fact } from '../../model/evidence.ts';
import type { PackageFacts } from '../../model/registry-facts.ts';
import { asList, asRecord, asText, asTime, parseJson } from '../../documents/values.ts';
import type { EcosystemRegistry, LookupRequest, RegistryAnswer } from '../../model/registry.ts';
import { trimSuffix } from '../../text/ends.ts';
import { nothingSpecial, notFound, refusedBy } from '../shared/registry-answers.ts';
import { routes } from './routes.ts';

/** A full document of 2 MB has hundreds of versions; what else it says is not worth more. */
const fullCap = 2 * 1024 * 1024;
const abbreviatedCap = 8 * 1024 * 1024;
const abbreviatedDocument = 'application/vnd.npm.install-v1+json';
/** What a document of `fullCap` proves at least: a version takes less than 20 kB. */
const versionsBeyondCap = 100;

/**
 * The npm registry and those that speak like it
 * (https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md).
 */
export const npmRegistry: EcosystemRegistry = {
  id: 'npm',
  publicUrl,
  routes,
  archives: null,
  client: 'npm',
  recognise,
  datesFiles: false,
  lookup: async (request) => {
    const url = `${request.endpoint.url}/${request.name.replace('/', '%2F')}`;
    const reply = await request.send({ url, accept: 'application/json', etag: request.etag, cap: fullCap });
    if (reply.kind === 'failed') return { kind: 'unknown', reason: reply.reason };
    if (reply.kind === 'notSent') return { kind: 'notAsked', reason: reply.reason };
    if (reply.status === 304) return { kind: 'unchanged' };
    const text = new TextDecoder().decode(reply.body);
    if (reply.status === 404) return notFound(request, text);
    if (reply.status !== 200) return refusedBy(request, reply.status);
    if (reply.capped) return abbreviated(url, request);
    return read(text, request, reply.header('etag'));
  },
};

/** The public registry is npm's own default. */
async function publicUrl(): Promise<string> {
  const { default: npmConf } = await import('@pnpm/npm-conf/lib/defaults.js');
  return trimSuffix(npmConf.defaults.registry, '/');
}

/** npm's own document is long, and its beginning tells enough. */
const beginning = 16 * 1024;

async function recognise(request: LookupRequest): Promise<RegistryAnswer> {
  const url = `${request.endpoint.url}/${request.name}`;
  const reply = await request.send({ url, accept: abbreviatedDocument, cap: beginning });
  if (reply.kind !== 'reply') return { kind: 'unknown', reason: reply.reason };
  const text = new TextDecoder().decode(reply.body);
  if (reply.status === 404) return notFound(request, text);
  return reply.status === 200 ? bare(text, request) : refusedBy(request, reply.status);
}

function notARegistry({ endpoint }: LookupRequest, what: string): RegistryAnswer {
  const { host } = new URL(endpoint.url);
  return { kind: 'unknown', reason: `${host} answered ${what} with a body that no registry sends` };
}

/** The short document, for packages whose full one is too long. It tells no dates. */
async function abbreviated(url: string, request: LookupRequest): Promise<RegistryAnswer> {
  const reply = await request.send({ url, accept: abbreviatedDocument, cap: abbreviatedCap });
  if (reply.kind !== 'reply' || reply.status !== 200)
    return { kind: 'unknown', reason: 'its document is too long' };
  const text = new TextDecoder().decode(reply.body);
  const finding = reply.capped ? bare(text, request) : read(text, request, null);
  if (finding.kind !== 'present') return finding;
  const { versions } = finding.facts;
  const counted = versions?.exact === true ? versions : { count: versionsBeyondCap, exact: false };
  return { ...finding, facts: { ...finding.facts, versions: counted } };
}

/** Even the short document was too long: its beginning still has to be one of this package. */
function bare(text: string, request: LookupRequest): RegistryAnswer {
  const isDocument =
    /^\s*\{/.test(text) &&
    text
      .slice(0, beginning)
      .replace(/:\s+/g, ':')
      .includes(`"name":${JSON.stringify(request.name)}`);
  if (!isDocument) return notARegistry(request, 'at length');
  return {
    kind: 'present',
    facts: { ...nothingKnown, created: unknownAge('too many versions') },
    archive: null,
    etag: null,
  };
}

const nothingKnown: PackageFacts = {
  created: { state: 'unknown', reason: '' },
  versions: { count: versionsBeyondCap, exact: false },
  latest: null,
  ...nothingSpecial,
};

function unknownAge(reason: string): Fact<string> {
  return { state: 'unknown', reason };
}

function read(text: string, request: LookupRequest, etag: string | null): RegistryAnswer {
  const document = asRecord(parseJson(text));
  if (document.size === 0) return notARegistry(request, 'HTTP 200');
  if (document.get('name') !== request.name) {
    return { kind: 'unknown', reason: 'its registry answered for another name' };
  }
  const versions = asRecord(document.get('versions'));
  if (versions.size === 0) {
    const unpublished = asRecord(asRecord(document.get('time')).get('unpublished'));
    return { kind: 'withdrawn', on: asTime(unpublished.get('time')) };
  }
  return { kind: 'present', facts: distill(document, request), archive: null, etag };
}

function distill(document: ReadonlyMap<string, unknown>, request: LookupRequest): PackageFacts {
  const versions = asRecord(document.get('versions'));
  const latest = asText(asRecord(document.get('dist-tags')).get('latest'));
  const newest = asRecord(latest === null ? undefined : versions.get(latest));
  const repository = document.get('repository') ?? newest.get('repository');
  const numbers = [...versions.keys()];
  return {
    created: ageOf(document, request),
    versions: { count: versions.size, exact: true },
    latest,
    deprecated: asText(newest.get('deprecated')),
    status: 'active',
    isSecurityHolding: numbers.every(isSecurityStandIn),
    latestIsSecurityHolding: latest !== null && isSecurityStandIn(latest),
    installScripts: hasInstallScripts(newest),
    repository: asText(repository) ?? asText(asRecord(repository).get('url')),
    owners: asList(document.get('maintainers'))
      .map((owner) => asText(asRecord(owner).get('name')) ?? asText(owner))
      .filter((owner) => owner !== null),
    attested: attestedIn(asRecord(newest.get('dist')), request),
    yanked: false,
  };
}

/** Mirrors leave the key out; at the public registry that means that there is no attestation. */
function attestedIn(dist: ReadonlyMap<string, unknown>, { endpoint }: LookupRequest): boolean | null {
  if ((dist.get('attestations') ?? null) !== null) return true;
  return dist.size > 0 && endpoint.isPublic ? false : null;
}

/** What npm puts in the place of a package that it removed: `0.0.1-security`, `0.0.1-security.0`. */
function isSecurityStandIn(version: string): boolean {
  return /-security(?:\.\d+)?$/.test(version);
}

/** The scripts that `npm install` runs (https://docs.npmjs.com/cli/v11/using-npm/scripts). */
function hasInstallScripts(version: ReadonlyMap<string, unknown>): boolean | null {
  if (version.size === 0) return null;
  if (version.get('hasInstallScript') === true) return true;
  const scripts = asRecord(version.get('scripts'));
  return ['preinstall', 'install', 'postinstall'].some((name) => scripts.has(name));
}

/** Mirrors write their own dates: cnpm says so in its documents, others in their host's name. */
function ageOf(document: ReadonlyMap<string, unknown>, request: LookupRequest): Fact<string> {
  const time = asRecord(document.get('time'));
  const created = asTime(time.get('created'));
  const isMirror =
    /mirror/i.test(new URL(request.endpoint.url).hostname) ||
    [...document.keys()].some((key) => key.startsWith('_cnpm') || key.startsWith('_source_registry'));
  if (isMirror) return unknownAge('a mirror, which may write its own dates');
  if (created === null) return unknownAge('its registry tells no date');
  const complete = [...asRecord(document.get('versions')).keys()].every((version) => time.has(version));
  if (!complete) return unknownAge('its registry’s dates are incomplete');
  return { state: 'present', value: created, asOf: request.now.toISOString() };
}
