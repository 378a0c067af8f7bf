import type { ImportKind } from '../../model/reference.ts';

/**
 * Objects whose `require` method is Node's own: `module.require("x")`, `process.mainModule.require("x")`,
 * `window.require("electron")` (https://nodejs.org/api/modules.html#modulerequireid).
 */
export const REQUIRE_OWNERS: ReadonlySet<string> = new Set([
  'module',
  'parent',
  'main',
  'mainModule',
  'globalThis',
  'global',
  'window',
  'self',
]);

/** What `jest` objects load or replace by name (https://jestjs.io/docs/jest-object). */
const JEST: readonly (readonly [string, ImportKind])[] = [
  ['mock', 'dynamic'],
  ['doMock', 'dynamic'],
  ['unmock', 'dynamic'],
  ['dontMock', 'dynamic'],
  ['deepUnmock', 'dynamic'],
  ['setMock', 'dynamic'],
  ['unstable_mockModule', 'dynamic'],
  ['unstable_unmockModule', 'dynamic'],
  ['createMockFromModule', 'dynamic'],
  ['genMockFromModule', 'dynamic'],
  ['requireActual', 'require'],
  ['requireMock', 'require'],
];

/** What `vi` objects load or replace by name (https://vitest.dev/api/vi.html). */
const VITEST: readonly (readonly [string, ImportKind])[] = [
  ['mock', 'dynamic'],
  ['doMock', 'dynamic'],
  ['unmock', 'dynamic'],
  ['doUnmock', 'dynamic'],
  ['importActual', 'dynamic'],
  ['importMock', 'dynamic'],
];

/** `mock.module("x")` of node:test and bun:test (https://nodejs.org/api/test.html#mockmodulespecifier-options). */
const MOCK: readonly (readonly [string, ImportKind])[] = [['module', 'dynamic']];

/** For each object of a test runner: its methods that take a module's name, with the kind of the import. */
export const MOCKERS: ReadonlyMap<string, ReadonlyMap<string, ImportKind>> = new Map([
  ['jest', new Map(JEST)],
  ['vi', new Map(VITEST)],
  ['mock', new Map(MOCK)],
]);

/** @returns The kind of import that a call of `object.method` is, undefined where it is none. */
export function mockerKind(object: string, method: string): ImportKind | undefined {
  return MOCKERS.get(object)?.get(method);
}

/** Every identifier that leads to a loader; one that is written with an escape hides it from a quick look. */
export const LOADER_WORDS: ReadonlySet<string> = new Set([
  'require',
  'createRequire',
  'resolve',
  '_load',
  ...REQUIRE_OWNERS,
  ...MOCKERS.keys(),
  ...[...MOCKERS.values()].flatMap((methods) => [...methods.keys()]),
]);
