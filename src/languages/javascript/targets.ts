/* eslint @typescript-eslint/switch-exhaustiveness-check: ["error", { "considerDefaultExhaustiveForUnions": true }] -- the parser has some 190 kinds of nodes, of which few matter here */
import { AST_NODE_TYPES as Type, type TSESTree } from '@typescript-eslint/types';
import { memberName, propertyName, unwrap } from './values.ts';

/** A value that a name may get. */
export interface Value {
  /** null where nothing is known of it but the members that are taken out of it. */
  readonly node: TSESTree.Node | null;
  /** The members that a pattern takes out of the node, one of the other; undefined for one whose name is not known. */
  readonly path: readonly (string | undefined)[];
  /** The member of the name that gets the value; null where it is the name itself. */
  readonly key: string | null;
}

/** A name in a pattern, and the values that it may get. */
export interface Target {
  readonly identifier: TSESTree.Identifier;
  readonly values: readonly Value[];
}

/** How deep patterns are followed. */
const DEEPEST = 4;

/** @returns A node as a value, in the form that `targetsOf` takes. */
export function valueOf(node: TSESTree.Node | null): readonly Value[] {
  return [{ node, path: [], key: null }];
}

/**
 * @param pattern - What stands left of a `=`, or is a parameter.
 * @returns Every name that it declares or assigns to, and whose members it assigns to.
 */
export function targetsOf(pattern: TSESTree.Node, values: readonly Value[]): readonly Target[] {
  const targets: Target[] = [];
  const pending: Place[] = [{ pattern, values }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { pattern: part, values } = next;
    if (part.type === Type.Identifier) targets.push({ identifier: part, values: values.filter(isKnown) });
    else if (part.type === Type.MemberExpression)
      for (const target of ownerOf(part, values)) targets.push(target);
    else for (const place of placesIn(part, values)) pending.push(place);
  }
  return targets;
}

function isKnown({ node, path }: Value): boolean {
  return node !== null || path.length > 0;
}

/** A pattern, and what it gets. */
interface Place {
  readonly pattern: TSESTree.Node;
  readonly values: readonly Value[];
}

/** @returns What a pattern is made of, each part with its part of the values. */
function placesIn(pattern: TSESTree.Node, values: readonly Value[]): readonly Place[] {
  switch (pattern.type) {
    case Type.AssignmentPattern:
      return [{ pattern: pattern.left, values: [...values, ...valueOf(pattern.right)] }];
    case Type.ArrayPattern:
      return pattern.elements.flatMap((element, at) =>
        element === null ? [] : [{ pattern: element, values: membersOf(values, String(at)) }],
      );
    case Type.ObjectPattern:
      return pattern.properties.map((property) =>
        property.type === Type.Property
          ? { pattern: property.value, values: membersOf(values, propertyName(property)) }
          : { pattern: property.argument, values },
      );
    case Type.RestElement:
      return [{ pattern: pattern.argument, values: valueOf(null) }];
    case Type.TSParameterProperty:
      return [{ pattern: pattern.parameter, values }];
    default:
      return [];
  }
}

function membersOf(values: readonly Value[], name: string | undefined): readonly Value[] {
  return values
    .filter(({ path }) => path.length < DEEPEST)
    .map((value) => ({ ...value, path: [...value.path, name] }));
}

/** `a.b = …` gives `a` a member. */
function ownerOf(member: TSESTree.MemberExpression, values: readonly Value[]): readonly Target[] {
  const object = unwrap(member.object);
  const key = memberName(member);
  if (object.type !== Type.Identifier || key === undefined) return [];
  return [{ identifier: object, values: values.map((value) => ({ ...value, key })) }];
}
