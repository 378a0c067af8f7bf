import type { Decision } from './decision.ts';
import { importsFor, packagesOf } from './decision-arguments.ts';
import type { WhitelistSession } from './whitelist-session.ts';

/** What is asked for, as a person or an assistant says it. */
export interface RequestOptions {
  /** Asked for when everything else is known. */
  readonly reason: () => Promise<string>;
  readonly imports?: readonly string[];
}

/**
 * @param words Packages as people name them: `npm:lodash`, `numpy`.
 * @returns Requests of these packages, to be written into the whitelist.
 * @throws UsageError for a word that names no package.
 */
export async function requestsFor(
  words: readonly string[],
  { reason, imports }: RequestOptions,
  session: WhitelistSession,
): Promise<readonly Decision[]> {
  const packages = await packagesOf(words, session);
  const content = {
    imports: importsFor(imports, packages),
    by: await session.author(),
    reason: await reason(),
    date: session.today,
  };
  return packages.map((subject) => ({
    kind: 'requested' as const,
    package: subject,
    content,
    overrides: false,
  }));
}
