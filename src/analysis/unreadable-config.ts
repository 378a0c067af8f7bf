import type { Fault } from '../model/fault.ts';
import type { Language, UnreadableConfig } from '../model/language.ts';
import type { Reference } from '../model/reference.ts';
import type { ReferenceWithStatus } from '../model/status.ts';
import { notALiteral } from './parse-references.ts';
import type { ProjectResolvers } from './resolvers.ts';

/** What can tell which configuration can't be read: in the judged state, and in those before. */
export interface ComparedResolvers {
  readonly head: ProjectResolvers;
  readonly bases: readonly ProjectResolvers[];
}

/**
 * Looks for configuration that can't be read and that could have settled one of the given references: these
 * may be the project's own modules, and whoever reads about them has to know. What could not be read before is
 * something that the project lives with, so it is a note and no fault.
 *
 * @param open The references that something is said about.
 */
export async function unreadConfiguration(
  open: readonly ReferenceWithStatus[],
  { head, bases }: ComparedResolvers,
  languages: readonly Language[],
): Promise<{ readonly faults: readonly Fault[]; readonly notes: readonly string[] }> {
  const faults = new Map<string, Fault>();
  const notes = new Map<string, string>();
  for (const { file, language, reference } of open.filter((openReference) =>
    mayBeOwn(openReference.reference),
  )) {
    const request = { file, specifier: reference.specifier };
    const unreadIn = async (resolvers: ProjectResolvers) => {
      const kind = languages.find(({ id }) => id === language);
      return kind === undefined ? [] : resolvers.resolver(kind).unread(request);
    };
    for (const unread of await unreadIn(head)) {
      if (faults.has(unread.file) || notes.has(unread.file)) continue;
      const baseConfigs = await Promise.all(bases.map(unreadIn));
      if (baseConfigs.flat().some((old) => old.file === unread.file)) notes.set(unread.file, noteOf(unread));
      else faults.set(unread.file, faultOf(unread));
    }
  }
  return { faults: [...faults.values()], notes: [...notes.values()] };
}

/** Could other configuration have made this a module of the project? */
function mayBeOwn({ kind, origin }: Reference): boolean {
  if (origin.kind === 'unknown') return origin.reason !== notALiteral;
  return origin.kind === 'package' && kind !== 'dependency';
}

/** @returns What is wrong with a file, and what follows from it. */
export function unreadText({ message }: UnreadableConfig): string {
  return `the file can’t be read: ${message}; what it maps was not followed`;
}

function faultOf(unread: UnreadableConfig): Fault {
  const { file, line, column } = unread;
  return {
    kind: 'unparsable',
    file,
    line,
    column,
    message: unreadText(unread),
    next: 'Fix the syntax: imports that this file maps may be reported as packages until then.',
  };
}

function noteOf({ file, line, column, message }: UnreadableConfig): string {
  const place = `${file}:${String(line)}:${String(column)}`;
  return `${place}: the file can’t be read, and could not be read before: ${message}; what it maps was not followed`;
}
