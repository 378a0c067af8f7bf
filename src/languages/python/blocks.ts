import type { Node } from 'web-tree-sitter';
import { contextWithin, topLevel, type Context } from './contexts.ts';

/** A statement, or a part of one that holds others, and what the blocks around it say. */
export interface Part {
  readonly node: Node;
  readonly context: Context;
  /** It is an expression that stands in the body of a class, as an assignment does. */
  readonly isMember: boolean;
}

/** Nodes that hold statements; no expression holds any. */
const compound =
  /^(?:module|block|ERROR|decorated_definition|(?:if|for|while|try|with|match)_statement|(?:elif|else|except|finally|case)_clause|(?:function|class)_definition)$/;

/** @returns The statements of a tree and the parts of compound ones, in no particular order. */
export function partsOf(root: Node): readonly Part[] {
  const parts: Part[] = [];
  const open = [{ node: root, context: topLevel, ofClass: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, context: around, ofClass } = next;
    const within = contextWithin(node, around);
    const isClass = node.type === 'class_definition';
    for (const child of node.namedChildren) {
      const [{ type }, context] = [child, within(child)];
      parts.push({ node: child, context, isMember: ofClass && type === 'expression_statement' });
      if (compound.test(type)) open.push({ node: child, context, ofClass: isClass && type === 'block' });
    }
  }
  return parts;
}

/** A part of the text, and what stands around it. */
interface Region {
  readonly start: number;
  readonly end: number;
  readonly optional: boolean;
  readonly isMember: boolean;
}

/**
 * Tells what stands around nodes. They are asked about in the order of the text, and those that hold others before
 * them, so that every part is looked at once.
 */
export class Surroundings {
  readonly #regions: readonly Region[];
  readonly #open: Region[] = [];
  #next = 0;

  /** @param lambdas Expressions that run later, when no block around them handles what they throw. */
  constructor(parts: readonly Part[], lambdas: readonly Node[]) {
    const regions = [
      ...parts.map(({ node, context, isMember }) => regionOf(node, context.optional, isMember)),
      ...lambdas.map((node) => regionOf(node, false, false)),
    ];
    this.#regions = regions.sort((first, second) => first.start - second.start || second.end - first.end);
  }

  /** @returns Whether the program goes on where a module that the node asks for is absent. */
  isOptional(node: Node): boolean {
    return this.#around(node)?.optional ?? false;
  }

  /** @returns Whether the node is an expression that begins a line of a class. */
  isMember(node: Node): boolean {
    const around = this.#around(node);
    return around?.isMember === true && around.start === node.startIndex;
  }

  #around({ startIndex: start, endIndex: end }: Node): Region | undefined {
    while ((this.#open.at(-1)?.end ?? end) < end) this.#open.pop();
    for (let next = this.#regions[this.#next]; next !== undefined; next = this.#regions[this.#next]) {
      // What begins with the node and ends before it stands in it: a node in the node will ask.
      if (next.start > start || (next.end > start && next.end < end)) break;
      this.#next += 1;
      if (next.end >= end) this.#open.push(next);
    }
    return this.#open.at(-1);
  }
}

function regionOf({ startIndex: start, endIndex: end }: Node, optional: boolean, isMember: boolean): Region {
  return { start, end, optional, isMember };
}
