import { purl, type Package } from '../model/package.ts';
import { comparableSource } from '../ecosystems/shared/source-location.ts';
import { isDate } from '../whitelist/date.ts';
import { isScopePattern } from '../whitelist/entry.ts';
import { ecosystemsOf, parsePackage } from '../app/package-arguments.ts';
import { UsageError } from '../app/usage-error.ts';
import type { ProcessContext } from '../app/process.ts';
import type { WhitelistSession } from '../app/whitelist-session.ts';
import { hasTerminal, openPrompts, required } from './prompts.ts';

/** The flags that `approve`, `deny` and `request` have in common. */
export interface DecisionFlags {
  readonly reason?: string;
  readonly imports?: readonly string[];
  readonly stage?: boolean;
  readonly config?: string;
}

/**
 * @returns The packages that the words name, each once.
 * @throws UsageError for a word that names none.
 */
export async function packagesOf(
  words: readonly string[],
  session: WhitelistSession,
): Promise<readonly Package[]> {
  const paths = await session.project.scope.head.list();
  const inProject = ecosystemsOf(paths.filter((path) => !session.project.policy.ignores(path)));
  const packages = words.map((word) => parsePackage(word, inProject));
  return [...new Map(packages.map((parsedPackage) => [purl(parsedPackage), parsedPackage])).values()];
}

/**
 * @param flag The value of `--reason`, if it was given.
 * @returns The reason for a decision; at a terminal it is asked for.
 * @throws UsageError where nobody gives one.
 */
export async function reasonFor(
  command: string,
  flag: string | undefined,
  context: ProcessContext,
): Promise<string> {
  const trimmedReason = flag?.trim();
  if (trimmedReason) return trimmedReason;
  if (trimmedReason === undefined && hasTerminal(context)) {
    const prompts = await openPrompts(context);
    const answer = await prompts.line(
      'Why? (one line for whoever reads the file)',
      required('A decision has a reason.'),
    );
    if (answer !== null) return answer;
    throw new UsageError('stopped: nothing was written', 'A decision has a reason.');
  }
  throw new UsageError(`${command} needs a reason`, 'Add --reason "…": one line for whoever reads the file.');
}

/** @returns Modules as `--imports a,b` names them. @throws UsageError where they can belong to no one package. */
export function importsFor(
  imports: readonly string[] | undefined,
  packages: readonly Package[],
): readonly string[] {
  const named = (imports ?? []).map((module) => module.trim()).filter((module) => module !== '');
  const [only, ...additionalPackages] = packages;
  if (named.length === 0) return [];
  if (additionalPackages.length > 0)
    throw new UsageError(
      '--imports goes with one package',
      'Decide about each package in a command of its own.',
    );
  if (only && isScopePattern(only.name))
    throw new UsageError(
      '--imports means nothing for a whole scope',
      'Name the package that provides the module.',
    );
  return named;
}

/**
 * @returns A source in the form in which findings show it: without credentials and without `#fragment`.
 * @throws UsageError where it can belong to no one package.
 */
export function sourceFor(source: string | undefined, packages: readonly Package[]): string | null {
  if (source === undefined) return null;
  const [only, ...additionalPackages] = packages;
  if (additionalPackages.length > 0 || (only && isScopePattern(only.name)))
    throw new UsageError('--source goes with one package', 'Approve each package in a command of its own.');
  const comparable = comparableSource(source);
  if (comparable === '')
    throw new UsageError(
      '--source names no place',
      'Write it as the finding shows it, such as git+https://….',
    );
  return comparable;
}

/** @returns The last day of an approval. @throws UsageError for anything but a day to come. */
export function expiryFor(expires: string | undefined, today: string): string | null {
  if (expires === undefined) return null;
  if (!isDate(expires))
    throw new UsageError(`${expires} is no calendar day`, 'Write it as year-month-day, such as 2027-11-23.');
  if (expires < today)
    throw new UsageError(`${expires} is over (today is ${today}, UTC)`, 'Name a day to come.');
  return expires;
}
