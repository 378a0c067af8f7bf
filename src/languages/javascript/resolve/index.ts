import type { Project, Resolution, Resolver, ResolveRequest } from '../../../model/language.ts';
import type { Origin } from '../../../model/reference.ts';
import { npmNameOfJsr } from '../../../ecosystems/npm/names.ts';
import { bareAnswer, type BareAnswer } from './bare.ts';
import { originOfName, packagePart, packagesNamed } from './names.ts';
import type { Pages } from './pages.ts';
import type { Answer, BuiltinHost, Question, Trace } from './question.ts';
import { formOf, splitLoaders } from './specifier.ts';
import { isDeclaration, packageOnPath } from './targets.ts';
import { packagesOfUrl } from './web.ts';

export type { BuiltinHost } from './question.ts';

/** Mappings that lead to mappings are followed this far. */
const deepest = 4;

/**
 * Creates the resolver of JavaScript and TypeScript for one project. It reads each of the project's files
 * at most once, and none for a specifier whose spelling alone tells where it leads.
 *
 * A specifier may have several origins: an inline loader and what it loads, or a package and another one
 * that an alias may put in its place. The names of the request go with the last.
 */
export function createResolver({
  project,
  builtinHost,
}: {
  readonly project: Project;
  readonly builtinHost: BuiltinHost;
}): Resolver {
  const answer: Answer = (question, trace) => answerByForm(question, trace, bare);
  const bare = bareAnswer(project, builtinHost, answer);
  return {
    resolve: async (request, trace) => {
      if (request.isHead && builtinHost(packagePart(request.specifier)) !== undefined)
        return [{ origin: { kind: 'unknown', reason: 'a part of a module of the runtime' }, names: [] }];
      const { approves } = request;
      const answerWithPages: Answer = async (question, inner) =>
        besidePages(await answer(question, inner), { question, trace: inner, pages: bare.pages, approves });
      const isOfTypes = await takesTypes(request, bare);
      const effectiveRequest: ResolveRequest = isOfTypes ? { ...request, kind: 'type' } : request;
      const origins = await originsOf(
        effectiveRequest,
        answerWithPages,
        trace &&
          ((step) => {
            trace(step());
          }),
      );
      const mock = await mockFor(effectiveRequest, origins, bare);
      return (mock ? [mock] : origins).map((origin, index, all): Resolution => {
        const names = index === all.length - 1 ? (request.names ?? []) : [];
        return isOfTypes ? { origin, names, kind: 'type' } : { origin, names };
      });
    },
    providers: (specifier) => Promise.resolve(packagesNamed(specifier, project.imports)),
    unread: async ({ file, specifier }) => {
      const { kind } = formOf(splitLoaders(specifier).resource);
      return kind === 'bare' || kind === 'scheme' ? bare.broken(file) : [];
    },
  };
}

interface PageRequest {
  readonly question: Question;
  readonly trace: Trace;
  readonly pages: Pages;
  readonly approves: ResolveRequest['approves'];
}

/** @returns What pages say of a module that leads to a package which nobody approves; else the origins as they are. */
async function besidePages(
  origins: readonly Origin[],
  { question, trace, pages, approves }: PageRequest,
): Promise<readonly Origin[]> {
  const [origin] = origins;
  const isOpen =
    origin !== undefined &&
    origins.every(({ kind }) => kind === 'package' || kind === 'unknown' || kind === 'missing') &&
    !(origin.kind === 'package' && approves?.(origin.package));
  if (!isOpen || formOf(question.specifier).kind !== 'bare') return origins;
  if (await pages.isWithoutRequire(question)) {
    tell(trace, 'a script of a page has no `require` of Node');
    return [{ kind: 'ambient', host: 'the page' }];
  }
  const mapped = await pages.mapped(question);
  if (mapped === undefined) return origins;
  tell(trace, 'the import map of a page leads to a file of the project');
  return [mapped];
}

/**
 * Nothing in a declaration file is run, so whatever it imports are types
 * (https://www.typescriptlang.org/docs/handbook/declaration-files/introduction.html); and what a compiler drops is no
 * import when the program runs. A component's markup may use what its script does not.
 */
async function takesTypes(
  { file, omission }: ResolveRequest,
  { keepsImports }: BareAnswer,
): Promise<boolean> {
  if (isDeclaration(file)) return true;
  return omission === 'types' && /\.[cm]?tsx?$/.test(file) && !(await keepsImports(file));
}

/** @returns What a test runner loads in place of a package; undefined where it loads the package. */
async function mockFor(
  { file, specifier, omission }: ResolveRequest,
  origins: readonly Origin[],
  { mocks }: BareAnswer,
): Promise<Origin | undefined> {
  if (origins.length !== 1 || origins[0]?.kind !== 'package') return undefined;
  return mocks.originOf({ file, specifier }, omission);
}

async function originsOf(
  { file, specifier, names, kind, approves, isHead, isOpen, omission }: ResolveRequest,
  answer: Answer,
  trace: Trace,
): Promise<readonly Origin[]> {
  const { loaders, resource } = splitLoaders(specifier);
  const isScan = names === null;
  if (loaders.length === 0) {
    const isFree = isOpen ?? omission === 'mock';
    // Every import comes by here, and an object that is spread into another costs ten times as much.
    const question = { file, specifier: resource, kind, depth: 0, isHead, isOpen: isFree, isScan, approves };
    return distinct(await answer(question, trace));
  }
  const common = { file, depth: 0, isScan, approves };
  tell(trace, `webpack loads it with ${loaders.join(', ')}`);
  const origins = await Promise.all([
    ...loaders.map((loader) => answer({ ...common, specifier: loader, kind: null }, trace)),
    ...(resource === '' ? [] : [answer({ ...common, specifier: resource, kind, isOpen }, trace)]),
  ]);
  return distinct(origins.flat());
}

async function answerByForm(
  question: Question,
  trace: Trace,
  { answer, ownModules }: BareAnswer,
): Promise<readonly Origin[]> {
  const { specifier, kind, depth } = question;
  const form = formOf(specifier);
  if (depth > deepest)
    return [{ kind: 'unknown', reason: `aliases lead from one to the next up to “${specifier}”` }];
  switch (form.kind) {
    case 'empty':
      return [{ kind: 'unknown', reason: 'the specifier is empty' }];
    case 'path':
      return [
        originOfPath(form.path, question, trace) ?? (await ownModules.ofPath(form.path, question, trace)),
      ];
    case 'inline': {
      const origin = originOfPath(form.path, question, trace);
      if (origin) return [origin];
      tell(trace, 'it contains what it names: local');
      return [{ kind: 'local', file: null }];
    }
    case 'web':
      return originsOfUrl(form.url, question, trace);
    case 'npm':
      return [originOfName(form.name, kind)];
    case 'jsr':
      tell(trace, 'JSR serves its packages to npm under the scope @jsr');
      return [originOfName(npmNameOfJsr(form.name) || `jsr:${form.name}`, kind)];
    case 'scheme':
    case 'bare':
      return answer(form.name === specifier ? question : { ...question, specifier: form.name }, trace);
  }
}

/** @returns Where a path through `node_modules` leads; undefined for all other paths. */
function originOfPath(path: string, { kind }: Question, trace: Trace): Origin | undefined {
  const name = packageOnPath(path);
  if (name === undefined) return undefined;
  tell(trace, 'it is a path through node_modules');
  if (name === null)
    return { kind: 'unknown', reason: `“${path}” leads into node_modules but not to a package` };
  return originOfName(name, kind);
}

function originsOfUrl(url: string, { kind }: Question, trace: Trace): readonly Origin[] {
  const names = packagesOfUrl(url);
  if (names.length === 0) return [{ kind: 'unknown', reason: 'the URL does not belong to a known registry' }];
  tell(trace, `its host serves npm packages by their names: ${names.join(', ')}`);
  return names.map((name) => originOfName(name, kind));
}

function distinct(origins: readonly Origin[]): readonly Origin[] {
  if (origins.length < 2) return origins;
  return [...new Map(origins.map((origin) => [JSON.stringify(origin), origin])).values()];
}

function tell(trace: Trace, text: string): void {
  trace?.(() => ({ text, file: null, line: null }));
}
