import { comparableSource } from '../ecosystems/shared/source-location.ts';
import { packageLabel, type Package } from '../model/package.ts';
import { isDate } from '../whitelist/date.ts';
import { longestReason } from '../whitelist/entry.ts';
import { isScopePattern } from '../whitelist/key.ts';
import { nameMeaning } from './name-meaning.ts';
import { isBare, parsePackage } from './package-arguments.ts';
import { UsageError } from './usage-error.ts';
import type { WhitelistSession } from './whitelist-session.ts';

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
      '--imports can be used for one package only',
      'Decide about each package in a command of its own.',
    );
  if (only && isScopePattern(only.name))
    throw new UsageError(
      '--imports cannot be used for a whole scope',
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
    throw new UsageError(
      '--source can be used for one package only',
      'Approve each package in a command of its own.',
    );
  const comparable = comparableSource(source);
  if (comparable === '')
    throw new UsageError(
      '--source is not a URL or path',
      'Write it as the finding shows it, such as git+https://….',
    );
  return comparable;
}

/**
 * @param text What `--use` names, as people write packages. A bare name belongs to the ecosystem of the denied ones.
 * @param denied The packages that are denied.
 * @returns The package to be used instead, as the whitelist keeps it: `npm:undici`; null where none is named.
 * @throws UsageError where the text names no package, a whole scope, or one of those that are denied, and for a bare
 *   name that imports use for another package.
 */
export async function substituteFor(
  text: string | undefined,
  denied: readonly Package[],
  session: WhitelistSession,
): Promise<string | null> {
  if (text === undefined) return null;
  const substitute = parseSubstitute(text, denied);
  const label = packageLabel(substitute);
  if (isScopePattern(substitute.name))
    throw new UsageError(`--use: ${label} is a whole scope`, 'Name one package of it, such as npm:@acme/ui.');
  if (denied.some((deniedPackage) => packageLabel(deniedPackage) === label))
    throw new UsageError(
      `--use: ${label} is what is to be denied`,
      'Name another package, or leave --use out.',
    );
  const meaning = isBare(text.trim()) ? await nameMeaning(text.trim(), substitute, session) : null;
  if (meaning !== null)
    throw new UsageError(
      `--use: ${meaning.word} is a module of ${meaning.providers.map(packageLabel).join(', ')}`,
      `Name the package. (For the distribution ${meaning.word}: ${packageLabel(substitute)}.)`,
    );
  return label;
}

function parseSubstitute(text: string, denied: readonly Package[]): Package {
  try {
    return parsePackage(text.trim(), [...new Set(denied.map(({ ecosystem }) => ecosystem))]);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`--use: ${error.message}`, error.next);
  }
}

/** The word that takes the end of an approval away. */
const endless = 'never';

/**
 * @param expires The value of `--expires`: a day, or `never`.
 * @returns What the entry is to say of its end: the last day, null for none; nothing where the flag is not given.
 * @throws UsageError for anything else, and for a day that is over.
 */
export function endFor(expires: string | undefined, today: string): { readonly expires?: string | null } {
  if (expires === undefined) return {};
  const problem = endProblem(expires, today);
  if (problem !== undefined) throw new UsageError(problem.what, problem.next);
  return { expires: expires === endless ? null : expires };
}

/** @returns What is wrong with a last day, and what to write instead; undefined for one that can be written. */
export function endProblem(
  expires: string,
  today: string,
): { readonly what: string; readonly next: string } | undefined {
  if (expires === endless) return undefined;
  if (!isDate(expires))
    return {
      what: expires === '' ? '--expires is empty' : `${expires} is not a calendar date`,
      next: `Write it as year-month-day, such as 2027-11-23; ${endless} removes the expiry date.`,
    };
  if (expires < today)
    return {
      what: `${expires} is in the past (today is ${today}, UTC)`,
      next: `Name a future day; ${endless} removes the expiry date.`,
    };
  return undefined;
}

/** @returns Whether a text is what stands for a reason in a command that is printed: `…`, or as it is typed, `...`. */
export function isPlaceholder(reason: string): boolean {
  return /^(?:…|\.{2,})$/.test(reason.trim());
}

/** @returns What is wrong with a reason; undefined for one that can be written. */
export function reasonProblem(reason: string): string | undefined {
  if (reason.trim() === '') return 'A decision has a reason.';
  if (isPlaceholder(reason)) return `Write why in the place of ${reason.trim()}.`;
  const length = Array.from(reason.trim()).length;
  return length > longestReason
    ? `A reason has at most ${longestReason} characters, and this one ${length}.`
    : undefined;
}

/**
 * @returns The reason, without spaces around it.
 * @throws UsageError for one that is empty, or too long to be read on one line.
 */
export function checkedReason(reason: string): string {
  const problem = reasonProblem(reason);
  if (problem === undefined) return reason.trim();
  throw new UsageError(
    problem.replace(/\.$/, ''),
    'Shorten it; put a longer explanation in a comment above the line.',
  );
}
