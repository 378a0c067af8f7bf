import { ecosystems, findEcosystem } from '../../ecosystems/index.ts';
import { explain, type Asked, type Installed } from '../../analysis/explain.ts';
import { languages } from '../../languages/index.ts';
import type { Fault } from '../../model/fault.ts';
import { explainJson, explainText, type ExplanationCard } from '../../reporters/explain.ts';
import { faultPlace } from '../../reporters/words.ts';
import { logText } from '../../text/escape.ts';
import { findGround, pathInside } from '../../app/locate.ts';
import { ecosystemsOf, onlyOne, parsePackage } from '../../app/package-arguments.ts';
import { openProject, type OpenedProject } from '../../app/project.ts';
import { rulePageText } from '../../app/rule-page.ts';
import { askLater, commandAt } from '../../app/check.ts';
import { UsageError } from '../../app/usage-error.ts';
import type { ExitCode, World } from '../../app/process.ts';

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
export async function explainCommand(name: string, flags: ExplainFlags, world: World): Promise<ExitCode> {
  const page = await rulePageText(name);
  if (page === null) return explainName(name, flags, world);
  if (flags.format === 'json')
    throw new UsageError('a rule’s page is no JSON', 'Leave out --format, or write npm:NAME for a package.');
  world.stdout.write(page);
  return 0;
}

async function explainName(name: string, flags: ExplainFlags, world: World): Promise<ExitCode> {
  const { card, faults } = await explanationOf(name, flags, world);
  if (card) world.stdout.report(flags.format === 'json' ? explainJson(card) : explainText(card));
  for (const fault of faults) {
    const place = faultPlace(fault, logText);
    world.stderr.write(`${place}  fault  ${logText(fault.message, 600)}\n  ${logText(fault.next, 600)}\n`);
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
  world: World,
): Promise<{ card: ExplanationCard | null; faults: readonly Fault[] }> {
  const ground = findGround(world, 'next');
  const project = await openProject({ kind: 'all' }, ground, { world, config: flags.config });
  if (project.kind === 'fault') return { card: null, faults: [project.fault] };
  try {
    const { scope, policy, policyFiles, survey } = project;
    const asked = await askedOf(name, flags, { world, root: ground.root, project });
    const surroundings = { root: ground.root, env: world.env };
    const card = await explain(asked, scope, {
      ...survey,
      ask: askLater(policy, policyFiles, {
        world,
        ...(flags.offline === undefined ? {} : { offline: flags.offline }),
        patience: 'person',
      }),
      installed: async ({ language, specifier }, subject): Promise<readonly Installed[]> => {
        const { installedDistributions, installedInNodeModules } =
          await import('../../ecosystems/installed.ts');
        return language.ecosystem === 'pypi'
          ? installedDistributions(specifier, surroundings)
          : installedInNodeModules(subject.name, surroundings);
      },
      command: () => commandAt(policyFiles, ground.root, world),
    });
    return { card, faults: [...scope.faults, ...policy.faults] };
  } finally {
    project.close();
  }
}

async function askedOf(
  name: string,
  flags: Pick<ExplainFlags, 'ecosystem' | 'from'>,
  { world, root, project }: { world: World; root: string; project: OpenedProject },
): Promise<Asked> {
  const file = flags.from === undefined ? null : pathInside(root, world.cwd, flags.from);
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
  const [prefix = '', rest] = name.split(/:(.+)/s);
  if (rest !== undefined && findEcosystem(prefix)) return { ecosystem: prefix, specifier: rest };
  if (flag !== undefined) return { ecosystem: flag, specifier: name };
  const [byFile, ...others] = file === null ? [] : ecosystemsOf([file]);
  if (byFile !== undefined && others.length === 0) return { ecosystem: byFile, specifier: name };
  if (/[@/#]/.test(name)) return { ecosystem: 'npm', specifier: name };
  const paths = (await project.scope.next.list()).filter((path) => !project.policy.ignores(path));
  return { ecosystem: onlyOne(ecosystemsOf(paths), name), specifier: name };
}
