import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import type { Span } from '../../../model/text.ts';

/** A text as a parser is given it. `dialect` is a file's ending without its dot. */
export interface Request {
  readonly text: string;
  readonly dialect: string;
  /** Are comments asked for? They take time of their own. */
  readonly comments: boolean;
}

/** What a parser made of a text: a tree in the form of TS-ESTree, and its block comments where they were asked for. */
export type Syntax =
  | { readonly kind: 'tree'; readonly program: TSESTree.Program; readonly comments: readonly Span[] }
  | Rejection;

/** Why a parser takes a text for no program. `offset` is where it gave up. */
export interface Rejection {
  readonly kind: 'rejected';
  readonly message: string;
  readonly offset: number;
  /** Errors, so many of them that it takes undue time to look for them once more, or a bound that the text exceeds. */
  readonly cause: 'errors' | 'many errors' | 'bound';
}

/** @returns Whether a value in a parser's tree is a node. */
export function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** @returns Whether a value is the root of a parser's tree. */
export function isProgram(value: unknown): value is TSESTree.Program {
  return isNode(value) && value.type === Type.Program;
}
