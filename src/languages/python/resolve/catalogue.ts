import { pypi } from '../../../ecosystems/pypi.ts';
import type { NonEmpty } from '../../../model/text.ts';

/** A module together with the distributions that provide it, canonical one first. */
export interface Provided {
  readonly module: string;
  readonly distributions: NonEmpty<string>;
}

/** More segments than any real module has; what follows in a longer specifier changes nothing. */
const MAX_SEGMENTS = 32;

/** `_v1`, `_v2beta1`, `_v1p1beta1`: API versions of one distribution (https://google.aip.dev/185). */
const API_VERSION = /_v\d[a-z0-9]{0,16}$/;

/**
 * Which distributions provide which module. The text has one line for each group of distributions:
 * `pyyaml : yaml _yaml`; alternatives stand left, canonical one first (`opencv-python
 * opencv-python-headless : cv2`). A line with `*` is a family: `google-cloud-* : google.cloud.*` says
 * that each module below `google.cloud` is a distribution of its own, named by the pattern.
 */
export class Catalogue {
  // Lists of names stay text until they are asked for: reading the lines is on every run's path.
  readonly #modules: Map<string, string>;
  readonly #families: Map<string, string>;
  /** Modules with entries somewhere below them. */
  readonly #prefixes: Set<string>;

  /**
   * @param texts Lines in the form above.
   * @param base What the lines are added to.
   */
  constructor(texts: readonly string[], base?: Catalogue) {
    this.#modules = new Map(base ? base.#modules : []);
    this.#families = new Map(base ? base.#families : []);
    this.#prefixes = new Set(base ? base.#prefixes : []);
    for (const text of texts) for (const line of text.split('\n')) this.#read(line);
  }

  /**
   * @param imports Modules and the distributions that a project says provide them: they win over the
   *   texts' entry for the same module, and a member of a family keeps its distribution beside them.
   * @returns This catalogue with them.
   */
  with(imports: ReadonlyMap<string, readonly string[]>): Catalogue {
    if (imports.size === 0) return this;
    const both = new Catalogue([], this);
    for (const [module, distributions] of imports) {
      if (distributions.length === 0) continue;
      for (const prefix of prefixesOf(module)) {
        const member = both.#member(prefix);
        if (member !== undefined) both.#modules.set(prefix, member);
      }
      both.#add(module, distributions.map((name) => pypi.canonical(name)).join(' '));
    }
    return both;
  }

  /** @returns The entry or family that covers most of a dotted module, or undefined. */
  longest(module: string): Provided | undefined {
    for (const candidate of prefixesOf(module)) {
      const distributions = this.#modules.get(candidate) ?? this.#member(candidate);
      if (distributions !== undefined) return { module: candidate, distributions: namesIn(distributions) };
    }
    return undefined;
  }

  /** @returns How long the longest prefix of a module is that is an entry or that has entries below it. */
  reach(module: string): number {
    const known = prefixesOf(module).find(
      (prefix) =>
        this.#modules.has(prefix) || this.#prefixes.has(prefix) || this.#member(prefix) !== undefined,
    );
    return known?.length ?? 0;
  }

  /** Several distributions share this module, and it belongs to none of them. */
  isNamespace(module: string): boolean {
    return this.#prefixes.has(module) && !this.#modules.has(module);
  }

  /**
   * Some modules right below this one belong to distributions that do not come with it: who approved a
   * distribution of the module has not approved all that `from module import name` may lead to.
   */
  splits(module: string): boolean {
    if (this.isNamespace(module) || this.#families.has(module)) return true;
    if (!this.#prefixes.has(module)) return false;
    const own = namesIn(this.#modules.get(module) ?? '');
    return [...this.#modules].some(([entry, names]) => {
      if (entry.slice(0, entry.lastIndexOf('.')) !== module) return false;
      const providers = namesIn(names);
      return own.some((name) => !providers.includes(name));
    });
  }

  /** @returns The distributions with modules below a namespace, as far as they are listed by name. */
  below(module: string): readonly string[] {
    const found = [...this.#modules].filter(([entry]) => entry.startsWith(`${module}.`));
    return [...new Set(found.flatMap(([, names]) => namesIn(names)))];
  }

  /**
   * @returns The modules of a distribution (canonical name): those that are listed, else the member of the
   * most specific family whose pattern fits, else the same name with underscores.
   */
  modulesOf(distribution: string): readonly string[] {
    const listed = [...this.#modules].filter(([, names]) => namesIn(names).includes(distribution));
    if (listed.length > 0) return listed.map(([module]) => module);
    let best = { module: distribution.replaceAll('-', '_'), literal: 0 };
    for (const [prefix, patterns] of this.#families) {
      const [head = '', tail = ''] = namesIn(patterns)[0].split('*');
      const part = distribution.slice(head.length, distribution.length - tail.length);
      if (part === '' || distribution !== `${head}${part}${tail}` || head.length <= best.literal) continue;
      best = { module: `${prefix}.${part.replaceAll('-', '_')}`, literal: head.length };
    }
    return [best.module];
  }

  #read(line: string): void {
    const colon = line.indexOf(' : ');
    if (colon < 0) return;
    const distributions = line.slice(0, colon);
    for (const module of line.slice(colon + 3).split(' ')) this.#add(module, distributions);
  }

  #add(module: string, distributions: string): void {
    if (module.endsWith('.*')) this.#families.set(module.slice(0, -2), distributions);
    else this.#modules.set(module, distributions);
    for (let dot = module.lastIndexOf('.'); dot > 0; dot = module.lastIndexOf('.', dot - 1)) {
      this.#prefixes.add(module.slice(0, dot));
    }
  }

  /** @returns The distributions of a module that is not listed but belongs to a family. */
  #member(module: string): string | undefined {
    const dot = module.lastIndexOf('.');
    if (dot < 0 || this.#prefixes.has(module)) return undefined;
    const patterns = this.#families.get(module.slice(0, dot));
    if (patterns === undefined) return undefined;
    const part = module.slice(dot + 1).replace(API_VERSION, '');
    return (
      this.#modules.get(`${module.slice(0, dot)}.${part}`) ??
      namesIn(patterns)
        .map((pattern) => pypi.canonical(pattern.replace('*', () => part)))
        .join(' ')
    );
  }
}

function namesIn(list: string): NonEmpty<string> {
  const [first = '', ...rest] = list.split(' ');
  return [first, ...rest];
}

/** @returns A dotted module and its parents, longest first. */
export function prefixesOf(module: string): readonly string[] {
  const segments = module.split('.', MAX_SEGMENTS);
  return segments.map((_, index) => segments.slice(0, segments.length - index).join('.'));
}
