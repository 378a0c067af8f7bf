import { rejectAssistants } from './assistant-policy.ts';
import type { Decision } from './decision.ts';
import { importsFor, substituteFor } from './decision-arguments.ts';
import { packagesNamed } from './named-packages.ts';
import type { WhitelistSession } from './whitelist-session.ts';

/** How packages are denied. */
export interface DenialOptions {
  /** Asked for when everything else is known. */
  readonly reason: () => Promise<string>;
  readonly imports?: readonly string[] | undefined;
  /** The package to use instead. */
  readonly use?: string | undefined;
  /** Hears of names that are also modules of other packages. */
  readonly onMeaning: (sentence: string) => void;
}

/**
 * @param words Packages as people name them: `npm:lodash`, `numpy`.
 * @returns Denials of these packages, to be written into the whitelist: a denial beats everything. No registry is asked.
 * @throws UsageError for a word that names no package, and in the environment of a coding assistant.
 */
export async function denialsFor(
  words: readonly string[],
  options: DenialOptions,
  session: WhitelistSession,
): Promise<readonly Decision[]> {
  await rejectAssistants({ command: 'deny', words, flags: { use: options.use } }, session);
  const packages = await packagesNamed(words, options.onMeaning, session);
  const imports = importsFor(options.imports, packages);
  const use = await substituteFor(options.use, packages, session);
  const by = await session.author();
  const content = { imports, reason: await options.reason(), use, by, date: session.today };
  return packages.map((deniedPackage) => ({
    kind: 'denied' as const,
    package: deniedPackage,
    content,
    overrides: false,
  }));
}
