import { explain, type ExplainQuery } from '../analysis/explain.ts';
import { ecosystems, findEcosystem } from '../ecosystems/index.ts';
import { pathInside } from '../git/path-inside.ts';
import { languages } from '../languages/index.ts';
import type { ExplanationCard } from '../model/explanation.ts';
import type { Fault } from '../model/fault.ts';
import { lazyLookup } from './check.ts';
import { commandAt } from './command-at.ts';
import { installationOf } from './installation.ts';
import { locateProject } from './locate.ts';
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
 * Explains a specifier in the work tree of a project.
 *
 * @returns null for the card where the project can't be opened: then a fault says why.
 */
export async function explanationOf(
  name: string,
  flags: ExplainRequest,
  context: ProcessContext,
): Promise<{ card: ExplanationCard | null; faults: readonly Fault[] }> {
  const location = locateProject(context, 'head');
  const project = await openProject({ kind: 'all' }, location, { context, config: flags.config });
  if (project.kind === 'fault') return { card: null, faults: [project.fault] };
  try {
    const { scope, policy, policyFiles, analysisOptions } = project;
    const query = await askedOf(name, flags, { context, root: location.root, project });
    const installation = installationOf(location, context);
    const card = await explain(query, scope, {
      ...analysisOptions,
      ask: lazyLookup(policy, {
        context,
        location,
        ...(flags.offline === undefined ? {} : { offline: flags.offline }),
        caller: 'person',
      }),
      installed: async ({ language, specifier }, subject) => {
        const installed = await findEcosystem(language.ecosystem)?.installed?.();
        return (await installed?.providers(specifier, subject.name, installation)) ?? [];
      },
      command: () => commandAt(policyFiles, location.root, context),
    });
    return { card, faults: [...scope.faults, ...policy.faults] };
  } finally {
    project.close();
  }
}

async function askedOf(
  name: string,
  flags: ExplainRequest,
  { context, root, project }: { context: ProcessContext; root: string; project: OpenedProject },
): Promise<ExplainQuery> {
  const file = flags.from === undefined ? null : pathInside(root, context.cwd, flags.from);
  if (flags.from !== undefined && file === null)
    throw new UsageError(`${flags.from} is outside of ${root}`, 'Use --cwd to run in its project.');
  const { ecosystem, specifier } = await splitName(name, { flag: flags.ecosystem, file, project });
  const language = languages.find((candidate) => candidate.ecosystem === ecosystem);
  if (!language)
    throw new UsageError(
      `there is no ecosystem called ${ecosystem}`,
      `Ecosystems are ${ecosystems.map(({ id }) => id).join(', ')}.`,
    );
  return { language, specifier, file: file ?? `index.${language.extensions[0] ?? ''}` };
}

/** What names the ecosystem, in this order: the name itself, the flag, the importing file, the project. */
async function splitName(
  name: string,
  { flag, file, project }: { flag: string | undefined; file: string | null; project: OpenedProject },
): Promise<{ ecosystem: string; specifier: string }> {
  if (name.startsWith('pkg:')) {
    const { ecosystem, name: specifier } = parsePackage(name, []);
    return { ecosystem, specifier };
  }
  const [prefix = '', unprefixedName] = name.split(/:(.+)/s);
  if (unprefixedName !== undefined && findEcosystem(prefix))
    return { ecosystem: prefix, specifier: unprefixedName };
  if (flag !== undefined) return { ecosystem: flag, specifier: name };
  const [byFile, ...additionalEcosystems] = file === null ? [] : ecosystemsOf([file]);
  if (byFile !== undefined && additionalEcosystems.length === 0)
    return { ecosystem: byFile, specifier: name };
  const unmistakable = ecosystems.find((ecosystem) => ecosystem.isUnmistakable(name));
  if (unmistakable) return { ecosystem: unmistakable.id, specifier: name };
  const paths = (await project.scope.head.list()).filter((path) => !project.policy.ignores(path));
  return { ecosystem: onlyOne(ecosystemsOf(paths), name), specifier: name };
}
