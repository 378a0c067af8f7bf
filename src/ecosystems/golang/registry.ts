import { asRecord, asText, asTime, parseJson } from '../../documents/values.ts';
import type { PackageFacts } from '../../model/registry-facts.ts';
import type { HttpRequest, Reply } from '../../model/http.ts';
import type { EcosystemRegistry, LookupRequest, RegistryAnswer } from '../../model/registry.ts';
import { nothingSpecial, notFound, refusedBy } from '../shared/registry-answers.ts';
import { latestOf } from '../shared/semantic-versions.ts';
import { routes } from './routes.ts';
import { isVersion } from './versions.ts';

/** A list of versions of this length has tens of thousands. */
const listCap = 1024 * 1024;
const documentCap = 64 * 1024;

/** The proxies that speak the protocol of https://go.dev/ref/mod#goproxy-protocol. */
export const goRegistry: EcosystemRegistry = {
  id: 'golang',
  // The default of the go command (https://go.dev/ref/mod#environment-variables).
  publicUrl: () => Promise.resolve('https://proxy.golang.org'),
  routes,
  archives: null,
  // A module of the go command's own authors that is in every proxy which fetches what it is asked for.
  client: 'golang.org/x/mod',
  recognise,
  datesFiles: false,
  lookup,
};

/**
 * Asks for the list of versions, which tells whether there is such a module. The list of one without tags is empty, and so
 * may be that of a folder in a repository: only its latest version tells them apart.
 */
async function lookup(request: LookupRequest): Promise<RegistryAnswer> {
  const list = await versionsOf(request);
  if (list.kind === 'none') return list.answer;
  const { versions, isCut } = list;
  const latest = latestOf(versions);
  if (latest === null) return latestAlone(request);
  const details = await detailsOf(request, latest);
  return present({ versions: { count: versions.length, exact: !isCut }, latest, ...details });
}

async function recognise(request: LookupRequest): Promise<RegistryAnswer> {
  const list = await versionsOf(request);
  return list.kind === 'none' ? list.answer : present({ versions: null, latest: latestOf(list.versions) });
}

type VersionList =
  | { readonly kind: 'list'; readonly versions: readonly string[]; readonly isCut: boolean }
  | { readonly kind: 'none'; readonly answer: RegistryAnswer };

/** A line may have more behind the version. */
async function versionsOf(request: LookupRequest): Promise<VersionList> {
  const reply = await ask(request, '@v/list', listCap);
  if (reply.kind === 'none') return reply;
  const { isCut } = reply;
  // Where the text is cut off, its last line is, too.
  const text = isCut ? reply.text.slice(0, reply.text.lastIndexOf('\n') + 1) : reply.text;
  const words = text.split('\n').map((line) => line.trim().split(/\s/, 1)[0] ?? '');
  const versions = words.filter((word) => word !== '');
  if (!versions.every(isVersion) || (isCut && versions.length === 0))
    return { kind: 'none', answer: notAProxy(request, 'a list') };
  return { kind: 'list', versions, isCut };
}

/** @returns What the latest version of a module without tags tells. */
async function latestAlone(request: LookupRequest): Promise<RegistryAnswer> {
  const reply = await ask(request, '@latest', documentCap);
  if (reply.kind === 'none') {
    // Some mirrors answer so for every module.
    if (reply.answer.kind !== 'absent') return reply.answer;
    const { host } = new URL(request.endpoint.url);
    return { kind: 'unknown', reason: `${host} lists no version of it, and has no latest one` };
  }
  const info = readInfo(reply.text);
  if (info === null) return notAProxy(request, 'a version');
  return present({ versions: null, latest: info.version, ...info });
}

/** What a proxy tells of one version. */
interface Details {
  readonly commitTime: string | null;
  readonly repository: string | null;
}

/** What can't be asked in time is left out: the module exists all the same. */
async function detailsOf(request: LookupRequest, latest: string): Promise<Details | null> {
  const reply = await ask(request, `@v/${escaped(latest)}.info`, documentCap);
  return reply.kind === 'text' ? readInfo(reply.text) : null;
}

/** `Origin` is left out by some mirrors. */
function readInfo(text: string): (Details & { readonly version: string }) | null {
  const info = asRecord(parseJson(text));
  const version = asText(info.get('Version'));
  if (version === null || !isVersion(version)) return null;
  const repository = asText(asRecord(info.get('Origin')).get('URL'));
  return { version, commitTime: asTime(info.get('Time')), repository };
}

interface ModuleFacts extends Partial<Details> {
  readonly versions: PackageFacts['versions'];
  readonly latest: string | null;
}

function present({ versions, latest, commitTime, repository }: ModuleFacts): RegistryAnswer {
  const facts: PackageFacts = {
    created: {
      state: 'unknown',
      reason: 'a module’s versions bear the dates of commits, which their authors choose',
    },
    versions,
    latest,
    ...(typeof commitTime === 'string' && { latestCommit: commitTime }),
    ...nothingSpecial,
    repository: repository ?? null,
  };
  return { kind: 'present', facts, archive: null, etag: null };
}

type ProxyText =
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean }
  | { readonly kind: 'none'; readonly answer: RegistryAnswer };

async function ask(request: LookupRequest, path: string, cap: HttpRequest['cap']): Promise<ProxyText> {
  const reply = await request.send({ url: `${request.endpoint.url}/${escaped(request.name)}/${path}`, cap });
  if (reply.kind === 'failed') return { kind: 'none', answer: { kind: 'unknown', reason: reply.reason } };
  if (reply.kind === 'notSent') return { kind: 'none', answer: { kind: 'notAsked', reason: reply.reason } };
  const text = new TextDecoder().decode(reply.body);
  if (reply.status === 200) return { kind: 'text', text, isCut: reply.capped };
  return { kind: 'none', answer: answerOf(request, reply, text) };
}

/** 404 and 410 mean the same (https://go.dev/ref/mod#goproxy-protocol); their text may tell that nobody could look. */
function answerOf(
  request: LookupRequest,
  { status }: Extract<Reply, { kind: 'reply' }>,
  text: string,
): RegistryAnswer {
  const { host } = new URL(request.endpoint.url);
  if (status !== 404 && status !== 410) return refusedBy(request, status);
  if (/timed out|fetch error|temporarily/i.test(text))
    return { kind: 'unknown', reason: `${host} could not fetch it (HTTP ${status})` };
  const answer = notFound(request, text);
  if (answer.kind === 'unknown' && answer.isHidden === true)
    return { ...answer, reason: `${host} does not have it, and the go command looks elsewhere then` };
  return answer;
}

function notAProxy({ endpoint }: LookupRequest, what: string): RegistryAnswer {
  const { host } = new URL(endpoint.url);
  return { kind: 'unknown', reason: `${host} answered with ${what} that no module proxy sends` };
}

/** File systems without capitals keep modules too: `!a` stands for `A` (https://go.dev/ref/mod#goproxy-protocol). */
function escaped(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}
