import { grades, gradesOf } from '../../rules/grades.ts';
import type { Finding } from '../../rules/index.ts';
import type { ReferenceWithStatus } from '../model/status.ts';
import { longestReason } from '../whitelist/entry.ts';
import type { DecisionName } from './commands.ts';

/** A list of names in a reason ends after so many. */
const mostNamed = 5;

/**
 * @param path Of the text from which the decision was taken.
 * @param references Those of the text that lead to the package.
 * @param finding What the text was told about the package; undefined where that was nothing.
 * @returns The reason of a decision for which the editor gave none: what the text takes from the package, and of a denial
 *   what speaks against it.
 */
export function defaultReason(
  name: DecisionName,
  path: string,
  {
    references,
    finding,
  }: { readonly references: readonly ReferenceWithStatus[]; readonly finding: Finding | undefined },
): string {
  const grade = finding?.grade ?? '';
  const isGrave = gradesOf('refuted', 'doubtful').includes(grade);
  const meaning = isGrave ? grades.find(({ id }) => id === grade)?.description : undefined;
  if (name === 'deny') return shortEnough([meaning ?? `not wanted in ${path}`, 'not wanted']);
  const programs = references.map(({ reference }) => reference).filter(({ kind }) => kind !== 'dependency');
  const imports = [
    ...new Set(programs.flatMap(({ names, specifier }) => (names.length > 0 ? names : [specifier]))),
  ];
  const verb = imports.length === 0 && references.length > 0 ? 'listed' : 'used';
  const more = imports.length > mostNamed ? ', …' : '';
  const named =
    imports.length > 0 ? [`used in ${path}: ${imports.slice(0, mostNamed).join(', ')}${more}`] : [];
  const file = path.split('/').at(-1) ?? path;
  return shortEnough([...named, `${verb} in ${path}`, `${verb} in ${file}`, `${verb} here`]);
}

/** @returns The first of several reasons that the whitelist can hold. */
function shortEnough(reasons: readonly string[]): string {
  return reasons.find((reason) => Array.from(reason).length <= longestReason) ?? '';
}
