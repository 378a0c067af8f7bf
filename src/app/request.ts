import { assistantFor } from '../whitelist/assistant-request.ts';
import { inAssistant } from '../model/assistant-environment.ts';
import type { Decision } from './decision.ts';
import { importsFor } from './decision-arguments.ts';
import { packagesMeant, type NameAdvice } from './named-packages.ts';
import type { WhitelistSession } from './whitelist-session.ts';

/** What is asked for, as a person or an assistant says it. */
export interface RequestOptions extends Omit<NameAdvice, 'command'> {
  /** Asked for when everything else is known. */
  readonly reason: () => Promise<string>;
  readonly imports?: readonly string[];
}

/**
 * @param words Packages as people name them: `npm:lodash`, `numpy`.
 * @returns Requests of these packages, to be written into the whitelist. In the environment of a coding assistant they are
 *   the assistant’s, for the person whom git names.
 * @throws UsageError for a word that means no package, or may mean several.
 */
export async function requestsFor(
  words: readonly string[],
  { reason, imports, ...advice }: RequestOptions,
  session: WhitelistSession,
): Promise<readonly Decision[]> {
  const packages = await packagesMeant(words, { ...advice, command: 'request' }, session);
  const person = await session.author();
  const content = {
    imports: importsFor(imports, packages),
    by: inAssistant(session.context.env) ? assistantFor(person) : person,
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
