import type { Fact } from '../model/evidence.ts';
import type { CachedAnswer } from './cached-lookup.ts';
import { KnownRegistries } from './known-registries.ts';

/** An answer under way, and which version's archive it is to tell besides the newest. */
interface SharedAnswer {
  readonly version: string | null;
  readonly answer: Promise<CachedAnswer>;
}

/** What several questions of one run have in common: nobody is asked for the same name, or looked into, twice. */
export class SharedAnswers {
  /** Addresses that turned out to be registries. */
  readonly known = new KnownRegistries();
  readonly #answers = new Map<string, SharedAnswer>();
  readonly #modules = new Map<string, Promise<Fact<readonly string[]>>>();

  /**
   * @param place The address of a registry, and the name.
   * @param version Which version's archive is wanted; null for the newest alone, which every answer has.
   */
  answerFor(
    place: readonly [string, string],
    version: string | null,
    ask: () => Promise<CachedAnswer>,
  ): Promise<CachedAnswer> {
    const key = JSON.stringify(place);
    const previous = this.#answers.get(key);
    if (previous !== undefined && (version === null || previous.version === version)) return previous.answer;
    const answer = ask();
    this.#answers.set(key, { version, answer });
    return answer;
  }

  /** @param url That of an archive. */
  modulesOf(url: string, look: () => Promise<Fact<readonly string[]>>): Promise<Fact<readonly string[]>> {
    const modules = this.#modules.get(url) ?? look();
    this.#modules.set(url, modules);
    return modules;
  }
}
