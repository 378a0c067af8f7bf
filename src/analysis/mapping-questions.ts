import type { Language, Resolver } from '../model/language.ts';
import type { Package } from '../model/package.ts';
import type { Origin } from '../model/reference.ts';
import type { RecordingResolvers } from './project-states.ts';

/** One state of the project, and which files its resolvers have read. */
export type SettingsState = Pick<RecordingResolvers, 'files' | 'read' | 'resolver'>;

/** What it takes to see where settings lead that a change edits. */
export interface MappingInspection {
  readonly language: Language;
  /** Files that may be settings, and that differ from a base. */
  readonly edited: readonly string[];
  readonly head: SettingsState;
  readonly bases: readonly SettingsState[];
  /** Packages that people think they know, by the names that programs import. */
  readonly knownNames: readonly string[];
  /** Would people who read an import of this package think that they know it? */
  readonly isWellKnown: (subject: Package, file: string) => Promise<boolean>;
}

/** The settings of a change: what the change edits, and what its edits bring in. */
export interface SettingsTexts {
  readonly files: ReadonlySet<string>;
  readonly now: readonly string[];
  readonly before: readonly string[];
}

export const QUESTIONS_AT_ONCE = 64;

/** A name that no settings map one by one: everything is asked for it. */
export const question = { specifier: 'settings-of-this-folder', names: [], kind: 'static' } as const;

/** @returns Where a specifier leads in one state of the project. */
export async function originsOf(
  resolver: Resolver,
  request: Parameters<Resolver['resolve']>[0],
): Promise<readonly Origin[]> {
  return (await resolver.resolve(request)).map(({ origin }) => origin);
}

/** A specifier that leads to the package of its own name was put in no other's place. */
export function isPartOf(specifier: string, { name }: Package): boolean {
  return specifier === name || specifier.startsWith(`${name}/`);
}
