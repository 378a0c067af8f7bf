import type { Origin } from '../../../model/reference.ts';
import { applyMapping, otherPackages, type MappingResult } from './follow.ts';
import type { SpecifierMapping } from './lead.ts';
import { packagePart } from './names.ts';
import type { Answer, Question, Trace } from './question.ts';
import type { Reader } from './reader.ts';
import type { TitledSource } from './sources.ts';

/** What the mappings of a project came to that did not settle a specifier. */
export interface Unsettled {
  /** Other packages that an alias may put in the specifier's place. */
  readonly packageNames: string[];
  /** Aliases that match and lead to nothing. */
  readonly misses: Miss[];
}

/** An alias that matches a specifier and leads to nothing. */
export interface Miss {
  readonly text: string;
  /** The paths that the alias leads to; none where it would take any specifier. */
  readonly paths: readonly string[];
  /** Each of its targets is a path that the alias spells. */
  readonly isCertain: boolean;
  /** Nothing else can be meant. */
  readonly isReserved: boolean;
}

/** What a part of the settings came to: origins where it settles a specifier, else none. */
export interface Outcome {
  readonly origins: readonly Origin[];
  readonly unsettled: Unsettled;
}

/**
 * Asks settings in turn where they lead a specifier, until one of them settles it.
 *
 * @param resolve Resolves the specifier that a mapping puts in place of another.
 */
export async function lookUp(
  titled: readonly TitledSource[],
  question: Question,
  { reader, resolve, trace }: { readonly reader: Reader; readonly resolve: Answer; readonly trace: Trace },
): Promise<Outcome> {
  const unsettled: Unsettled = { packageNames: [], misses: [] };
  const silentTitles: string[] = [];
  for (const { title, source } of titled) {
    const leads = await source(question);
    if (leads.length === 0) silentTitles.push(title);
    else tellSilence(trace, silentTitles.splice(0));
    for (const lead of leads) {
      const outcome = await applyMapping(lead, reader, question);
      trace?.(() => ({ text: describe(title, lead, outcome), file: lead.file, line: lead.line() }));
      const origins = await settle(lead, outcome, (specifier) =>
        resolve({ ...question, specifier, depth: question.depth + 1 }, trace),
      );
      if (origins.length > 0) return { origins, unsettled };
      remember(unsettled, { lead, outcome, question });
    }
  }
  tellSilence(trace, silentTitles);
  return { origins: [], unsettled };
}

/** Kinds of settings that say nothing are one step, however many there are. */
function tellSilence(trace: Trace, titles: readonly string[]): void {
  if (titles.length > 0) tell(trace, () => `no setting leads it elsewhere: ${titles.join(', ')}`);
}

/** @returns What both parts of the settings came to. */
export function together(first: Unsettled, second: Unsettled): Unsettled {
  return {
    packageNames: [...first.packageNames, ...second.packageNames],
    misses: [...first.misses, ...second.misses],
  };
}

async function settle(
  lead: SpecifierMapping,
  { file, specifiers }: MappingResult,
  resolve: (specifier: string) => Promise<readonly Origin[]>,
): Promise<readonly Origin[]> {
  const local: readonly Origin[] = file === undefined ? [] : [{ kind: 'local', file }];
  if (lead.weight !== 'binding') return local;
  const origins = await Promise.all(specifiers.map(resolve));
  return [...local, ...origins.flat()];
}

function remember(
  { packageNames, misses }: Unsettled,
  {
    lead,
    outcome,
    question,
  }: { readonly lead: SpecifierMapping; readonly outcome: MappingResult; readonly question: Question },
): void {
  if (lead.weight === 'root') return;
  for (const origin of otherPackages(lead, outcome.specifiers, packagePart(question.specifier)))
    packageNames.push(origin);
  misses.push({
    text: `${lead.key} in ${lead.file} ${whereTo(outcome)}`,
    paths: lead.key.startsWith('*') ? [] : outcome.missing,
    isCertain: lead.targets.every((target) => target.kind === 'path' && target.path !== undefined),
    isReserved: lead.weight === 'reserved',
  });
}

function describe(title: string, lead: SpecifierMapping, outcome: MappingResult): string {
  const result = outcome.file === undefined ? whereTo(outcome) : `leads to ${outcome.file}`;
  return `${title}: ${lead.key} ${result}`;
}

function whereTo({ specifiers, missing }: MappingResult): string {
  if (specifiers.length > 0) return `leads to ${specifiers.join(', ')}`;
  if (missing.length > 0) return `leads to ${missing.join(', ')}, which is not a file of this project`;
  return 'leads to a target that is not a literal';
}

/** Tells whoever traces a step that no file has a part in. */
export function tell(trace: Trace, text: () => string): void {
  trace?.(() => ({ text: text(), file: null, line: null }));
}
