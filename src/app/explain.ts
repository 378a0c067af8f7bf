import { explain, type ExplainOptions, type ExplainQuery } from '../analysis/explain.ts';
import { ecosystems, findEcosystem } from '../ecosystems/index.ts';
import { pathInside } from '../git/path-inside.ts';
import { languages } from '../languages/index.ts';
import type { ExplanationCard } from '../model/explanation.ts';
import type { Package } from '../model/package.ts';
import type { Fault } from '../model/fault.ts';
import { lazyLookup } from './check.ts';
import { commandAt } from './command-at.ts';
import { importsAt } from './explained-file.ts';
import { installationOf } from './installation.ts';
import { locateProject } from './locate.ts';
import type { LookupOrigin } from './lookup-settings.ts';
import { ecosystemsOf } from '../analysis/ecosystems-of.ts';
import { onlyOne, parsePackage } from './package-arguments.ts';
import type { ProcessContext } from './process.ts';
import { openProject, type OpenedProject } from './project.ts';
import { UsageError } from './usage-error.ts';

/** How a specifier is explained. */
export interface ExplainRequest {
  readonly ecosystem?: string;
  /** The importing file; it need not exist. */
  readonly from?: string;
  readonly offline?: boolean;
  readonly config?: string;
}

/**
 * Explains a specifier in the work tree of a project: in the only ecosystem that knows the name, else in each.
 *
 * @returns No card where the project can't be opened: then a fault says why.
 */
export async function explanationsOf(
  name: string,
  flags: ExplainRequest,
  context: ProcessContext,
): Promise<{ cards: readonly ExplanationCard[]; faults: readonly Fault[] }> {
  const location = locateProject(context, 'head');
  const project = await openProject({ kind: 'all' }, location, { context, config: flags.config });
  if (project.kind === 'fault') return { cards: [], faults: [project.fault] };
  try {
    const { scope, policy } = project;
    const queries = await askedOf(name, flags, { context, root: location.root, project });
    const options = explainOptionsOf(project, {
      context,
      location,
      offline: flags.offline ?? false,
      caller: 'person',
    });
    const cards: ExplanationCard[] = [];
    for (const query of queries) cards.push(await explain(query, scope, options));
    return { cards, faults: [...scope.faults, ...policy.faults] };
  } finally {
    project.close();
  }
}

/** @returns With what a specifier is explained in an open project. */
export function explainOptionsOf(
  { policy, policyFiles, analysisOptions }: OpenedProject,
  origin: LookupOrigin,
): ExplainOptions {
  const { context, location } = origin;
  const installation = installationOf(location, context);
  return {
    ...analysisOptions,
    ask: lazyLookup(policy, origin),
    installed: async ({ language, specifier }: ExplainQuery, subject: Package) => {
      if (language.ecosystem === null) return [];
      const installed = await findEcosystem(language.ecosystem)?.installed?.();
      return (await installed?.providers(specifier, subject.name, installation)) ?? [];
    },
    command: () => commandAt(policyFiles, location.root, context),
  };
}

/**
 * @returns The only explanation of a name, undefined where there is none.
 * @throws UsageError for a name that could belong to several ecosystems: data is about one.
 */
export function onlyCard(name: string, cards: readonly ExplanationCard[]): ExplanationCard | undefined {
  const [card, ...alternatives] = cards;
  if (card === undefined || alternatives.length === 0) return card;
  const ids = cards.map(({ ecosystem }) => ecosystem);
  onlyOne(ids, name);
  return card;
}

/**
 * @param ecosystem Its id, where whoever asks has said it.
 * @returns What a name means in an open project: a query for each ecosystem that it may be one of.
 * @throws UsageError for a name that can belong to none.
 */
export async function queriesFor(
  name: string,
  ecosystem: string | undefined,
  project: OpenedProject,
): Promise<readonly ExplainQuery[]> {
  const names = await splitName(name, { flag: ecosystem, file: null, project });
  return names.map((ecosystemName) => queryOf(ecosystemName, null));
}

async function askedOf(
  name: string,
  flags: ExplainRequest,
  { context, root, project }: { context: ProcessContext; root: string; project: OpenedProject },
): Promise<readonly ExplainQuery[]> {
  const file = flags.from === undefined ? null : pathInside(root, context.cwd, flags.from);
  if (flags.from !== undefined && file === null)
    throw new UsageError(`${flags.from} is outside of ${root}`, 'Use --cwd to run in its project.');
  if (file === null && flags.ecosystem === undefined) {
    const imports = await importsAt(name, { root, cwd: context.cwd, project });
    if (imports !== null) return imports;
  }
  const names = await splitName(name, { flag: flags.ecosystem, file, project });
  return names.map((ecosystemName) => queryOf(ecosystemName, file));
}

function queryOf({ ecosystem, specifier, reason }: EcosystemName, file: string | null): ExplainQuery {
  const language = languages.find((candidate) => candidate.ecosystem === ecosystem);
  if (!language)
    throw new UsageError(
      `there is no ecosystem called ${ecosystem}`,
      `Ecosystems are ${ecosystems.map(({ id }) => id).join(', ')}.`,
    );
  return {
    language,
    specifier,
    file: file ?? `index.${language.extensions[0] ?? ''}`,
    reason: reason ?? rootReason(specifier, file),
  };
}

/** A path leads from the file that imports it. */
function rootReason(specifier: string, file: string | null): string | null {
  return file === null && specifier.startsWith('.')
    ? 'read as from the root of the project: --from FILE names the file that imports it'
    : null;
}

/** A specifier in an ecosystem, with why it is that one; null where that is said. */
interface EcosystemName {
  readonly ecosystem: string;
  readonly specifier: string;
  readonly reason: string | null;
}

/**
 * What names the ecosystem, in this order: the flag or a prefix, the importing file, the ecosystems of the project in which a
 * program may write so, what the project knows, the form of the name. One that several know, or none, may be one of each.
 */
async function splitName(
  name: string,
  { flag, file, project }: { flag: string | undefined; file: string | null; project: OpenedProject },
): Promise<readonly EcosystemName[]> {
  if (name.startsWith('pkg:')) {
    const { ecosystem, name: specifier } = parsePackage(name, []);
    return [{ ecosystem, specifier, reason: null }];
  }
  const inEcosystem = (ecosystem: string, specifier = name) => [{ ecosystem, specifier, reason: null }];
  const [prefix = '', unprefixedName] = name.split(/:(.+)/s);
  if (unprefixedName !== undefined && findEcosystem(prefix)) return inEcosystem(prefix, unprefixedName);
  if (flag !== undefined) return inEcosystem(flag);
  const [byFile, ...additionalEcosystems] = file === null ? [] : ecosystemsOf([file]);
  if (byFile !== undefined && additionalEcosystems.length === 0) return inEcosystem(byFile);
  const paths = (await project.scope.head.list()).filter((path) => !project.policy.ignores(path));
  const inProject = ecosystemsOf(paths);
  const ids = inProject.filter((id) => findEcosystem(id)?.isSpecifier(name));
  const [first, ...otherIds] = ids;
  if (first === undefined) {
    const claims = ecosystems.filter((ecosystem) => ecosystem.isUnmistakable(name));
    if (claims.length > 0) return claims.flatMap(({ id }) => inEcosystem(id));
    return inEcosystem(onlyOne(inProject, name));
  }
  if (otherIds.length === 0) return inEcosystem(first);
  const { ecosystemsKnowing } = await import('./known-ecosystems.ts');
  const matches = await ecosystemsKnowing(name, ids, [project]);
  const [only] = matches;
  if (only === undefined || matches.length > 1) return ids.flatMap((id) => inEcosystem(id));
  return [
    {
      ecosystem: only.ecosystem,
      specifier: name,
      reason: `of ${ids.join(' and ')}, ${only.ecosystem} alone has this name here: ${only.reason}`,
    },
  ];
}
