import { pypi } from '../names.ts';

/** `_v1`, `_v2beta1`, `_v1p1beta1`: API versions of one distribution (https://google.aip.dev/185). */
const API_VERSION = /_v\d[a-z0-9]{0,16}$/;

/** Modules below one that are distributions of their own, named alike: `google.cloud.*`, `aws_cdk.*_alpha`. */
export class Family {
  /** The module that all of them lie right below. */
  readonly parent: string;
  readonly #head: string;
  readonly #tail: string;
  readonly #distributions: readonly string[];

  /**
   * @param pattern A dotted module with one star in its last segment.
   * @param distributions Names with a star for what it stands for; one without a star provides every member.
   */
  constructor(pattern: string, distributions: readonly string[]) {
    const dot = pattern.lastIndexOf('.');
    const [head = '', tail = ''] = pattern.slice(dot + 1).split('*');
    this.parent = pattern.slice(0, dot);
    this.#head = head;
    this.#tail = tail;
    this.#distributions = distributions;
  }

  /** How much of a member's name the pattern says: the one that says more wins. */
  get literals(): number {
    return this.#head.length + this.#tail.length;
  }

  /** @returns What the star stands for in a segment, without the version of an API; undefined for no member. */
  part(segment: string): string | undefined {
    // Of a name that the pattern says more of than its place, a version is part.
    if (this.literals === 0) return segment.replace(API_VERSION, '');
    const isMember =
      segment.length > this.literals && segment.startsWith(this.#head) && segment.endsWith(this.#tail);
    return isMember ? segment.slice(this.#head.length, segment.length - this.#tail.length) : undefined;
  }

  /** @returns The distributions of the member that the star stands for in this way, by their canonical names. */
  distributionsOf(part: string): readonly string[] {
    return this.#distributions.map((name) => pypi.canonical(name.replace('*', () => part)));
  }

  /** @returns The member that a distribution (canonical name) bears the name of, with how much of the name is the pattern's. */
  memberOf(distribution: string): { readonly module: string; readonly literals: number } | undefined {
    const pattern = this.#distributions.find((name) => name.includes('*')) ?? '*';
    const [head = '', tail = ''] = pattern.split('*');
    const part = distribution.slice(head.length, distribution.length - tail.length);
    if (part === '' || distribution !== `${head}${part}${tail}`) return undefined;
    return { module: this.module(part.replaceAll('-', '_')), literals: head.length };
  }

  /** @returns The member that the star stands for in this way. */
  module(part: string): string {
    return `${this.parent}.${this.#head}${part}${this.#tail}`;
  }
}

/** @returns Whether a module of the text stands for a family. */
export function isPattern(module: string): boolean {
  return module.includes('*');
}
