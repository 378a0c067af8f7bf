import { packageOf } from '../../src/ecosystems/index.ts';
import { purl } from '../../src/model/package.ts';
import { lookUp } from '../../src/lookups/index.ts';
import type { LookupOptions, LookupResult, PackageKnowledge, PackageQuery } from '../../src/lookups/index.ts';

/** The day of every test. */
export const today = '2026-11-23T09:00:00.000Z';

/** A question about a name that looks like nothing. */
export function about(ecosystem: string, name: string, modules: readonly string[] = []): PackageQuery {
  return {
    package: packageOf(ecosystem, name),
    modules,
    imitation: null,
    isInspected: false,
    wellKnown: false,
  };
}

/** Options of a run on a test's machine: no cache, nothing in the repository, a generous budget. */
export function askOptions(
  machine: LookupOptions['machine'],
  changes: Partial<LookupOptions> = {},
): LookupOptions {
  return {
    lookup: 'on',
    budget: 5000,
    youngDays: 90,
    machine,
    repository: [],
    configured: new Map(),
    privateNames: [],
    cacheFolder: null,
    clock: clockAt(today),
    ...changes,
  };
}

/** A clock that shows one time, but whose waiting takes its time. */
export function clockAt(time: string): NonNullable<LookupOptions['clock']> {
  return {
    now: () => new Date(time),
    random: () => 0.5,
    sleep: async (milliseconds, signal) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

/** Asks about one package. */
export async function askOne(question: PackageQuery, options: LookupOptions): Promise<PackageKnowledge> {
  return knowledgeOf(await lookUp([question], options), question);
}

export function knowledgeOf(outcome: LookupResult, question: PackageQuery): PackageKnowledge {
  const known = outcome.known.get(purl(question.package));
  if (known === undefined) throw new Error(`no answer for ${purl(question.package)}`);
  return known;
}
