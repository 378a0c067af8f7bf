import { ecosystems, findEcosystem } from '../../ecosystems/index.ts';
import { explain, type Asked } from '../../analysis/explain.ts';
import { languages } from '../../languages/index.ts';
import type { Fault } from '../../model/fault.ts';
import type { ExplanationCard } from '../../model/explanation.ts';
import { explainJson, explainText } from '../../reporters/explain.ts';
import { faultPlace } from '../../reporters/words.ts';
import { escapeForLog } from '../../text/escape.ts';
import { locateProject, pathInside } from '../../app/locate.ts';
import { ecosystemsOf, onlyOne, parsePackage } from '../../app/package-arguments.ts';
import { openProject, type OpenedProject } from '../../app/project.ts';
import { rulePageText } from '../../app/rule-page.ts';
import { lazyLookup, commandAt } from '../../app/check.ts';
import { installedFiles } from '../../app/installed-files.ts';
import { UsageError } from '../../app/usage-error.ts';
import type { ExitCode, ProcessContext } from '../../app/process.ts';

/** The flags of `explain`. */
export interface ExplainFlags {
  readonly ecosystem?: string;
  /** The importing file; it need not exist. */
  readonly from?: string;
  readonly format: 'text' | 'json';
  readonly offline?: boolean;
  readonly config?: string;
}

/**
 * Prints how a specifier is resolved and what was decided about its package, or the page of a rule.
 *
 * @param name A rule (`unapproved-package/young`), or a specifier, with `npm:` or `pypi:` before it or not.
 * @returns 2 where policy could not be read, else 0.
 */
export async function explainCommand(
  name: string,
  flags: ExplainFlags,
  context: ProcessContext,
): Promise<ExitCode> {
  const page = await rulePageText(name);
  if (page === null) return explainName(name, flags, context);
  if (flags.format === 'json')
    throw new UsageError('a rule’s page is no JSON', 'Leave out --format, or write npm:NAME for a package.');
  context.stdout.write(page);
  return 0;
}

async function explainName(name: string, flags: ExplainFlags, context: ProcessContext): Promise<ExitCode> {
  const { card, faults } = await explanationOf(name, flags, context);
  if (card) context.stdout.report(flags.format === 'json' ? explainJson(card) : explainText(card));
  for (const fault of faults) {
    const place = faultPlace(fault, escapeForLog);
    context.stderr.write(
      `${place}  fault  ${escapeForLog(fault.message, 600)}\n  ${escapeForLog(fault.next, 600)}\n`,
    );
  }
  return faults.length > 0 ? 2 : 0;
}

/**
 * Explains a specifier in the work tree of a project.
 *
 * @returns null for the card where the project can't be opened: then a fault says why.
 */
export async function explanationOf(
  name: string,
  flags: Omit<ExplainFlags, 'format'>,
  context: ProcessContext,
): Promise<{ card: ExplanationCard | null; faults: readonly Fault[] }> {
  const location = locateProject(context, 'head');
  const project = await openProject({ kind: 'all' }, location, { context, config: flags.config });
  if (project.kind === 'fault') return { card: null, faults: [project.fault] };
  try {
    const { scope, policy, policyFiles, analysisOptions } = project;
    const query = await askedOf(name, flags, { context, root: location.root, project });
    const installation = { root: location.root, env: context.env, files: installedFiles };
    const card = await explain(query, scope, {
      ...analysisOptions,
      ask: lazyLookup(policy, policyFiles, {
        context,
        ...(flags.offline === undefined ? {} : { offline: flags.offline }),
        patience: 'person',
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
  flags: Pick<ExplainFlags, 'ecosystem' | 'from'>,
  { context, root, project }: { context: ProcessContext; root: string; project: OpenedProject },
): Promise<Asked> {
  const file = flags.from === undefined ? null : pathInside(root, context.cwd, flags.from);
  if (flags.from !== undefined && file === null)
    throw new UsageError(`${flags.from} lies outside of ${root}`, 'Go there with --cwd.');
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
  const unmistakable = ecosystems.find(({ isUnmistakable }) => isUnmistakable(name));
  if (unmistakable) return { ecosystem: unmistakable.id, specifier: name };
  const paths = (await project.scope.head.list()).filter((path) => !project.policy.ignores(path));
  return { ecosystem: onlyOne(ecosystemsOf(paths), name), specifier: name };
}
