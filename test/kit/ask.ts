import { packageOf } from '../../src/ecosystems/index.ts';
import { purl } from '../../src/model/package.ts';
import { askRegistries } from '../../src/lookups/index.ts';
import type { AskOptions, AskOutcome, RegistryKnowledge, RegistryQuestion } from '../../src/lookups/index.ts';

/** The day of every test. */
export const today = '2026-11-23T09:00:00.000Z';

/** A question about a name that looks like nothing. */
export function about(ecosystem: string, name: string, modules: readonly string[] = []): RegistryQuestion {
  return { package: packageOf(ecosystem, name), modules, imitation: null, wellKnown: false };
}

/** Options of a run on a test's machine: no cache, nothing in the repository, a generous budget. */
export function askOptions(machine: AskOptions['machine'], changes: Partial<AskOptions> = {}): AskOptions {
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
export function clockAt(time: string): NonNullable<AskOptions['clock']> {
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
export async function askOne(question: RegistryQuestion, options: AskOptions): Promise<RegistryKnowledge> {
  return knowledgeOf(await askRegistries([question], options), question);
}

export function knowledgeOf(outcome: AskOutcome, question: RegistryQuestion): RegistryKnowledge {
  const known = outcome.known.get(purl(question.package));
  if (known === undefined) throw new Error(`no answer for ${purl(question.package)}`);
  return known;
}
