import { grades, gradesOf } from '../../rules/grades.ts';
import type { ApprovalDetails } from '../app/approval-details.ts';
import { inAssistant } from '../model/assistant-environment.ts';
import type { UsageError } from '../app/usage-error.ts';
import type { WriteResult } from '../app/write-decisions.ts';
import { packageLabel } from '../model/package.ts';
import { escapeControls } from '../text/escape.ts';
import type { DecisionName } from './commands.ts';

/* A message of an editor is short, and says nothing that is done on the command line alone. */

/** @returns What a person reads of a package before approving it. Nothing where it is there and nothing speaks against it. */
export function detailSentences(details: ApprovalDetails): readonly string[] {
  const { grade, evidence, content, notes } = details;
  const isPlain = gradesOf('present').includes(grade) || evidence.length === 0;
  const meaning = grades.find(({ id }) => id === grade)?.description ?? '';
  return [
    ...(isPlain ? [] : [meaning]),
    ...(content.unverified === true
      ? ['CI takes this approval for a request, until it is approved again with an answer.']
      : []),
    ...notes.map((note) => `${escapeControls(note, 400)}.`).filter((note) => !namesFlag(note)),
  ];
}

/** What was done, as the first word of a sentence. */
const verbs: Readonly<Record<DecisionName, string>> = {
  approve: 'Approved',
  deny: 'Denied',
  request: 'Requested',
};

/**
 * @param circumstances Whether the whitelist is open in the editor, which has to save it, and whether the project is a repository.
 * @returns What was written, and what is left to do.
 */
export function resultLines(
  name: DecisionName,
  { edited, entries, lines, notice }: WriteResult,
  { isOpen, isTracked }: { readonly isOpen: boolean; readonly isTracked: boolean },
): readonly string[] {
  const [entry] = entries;
  if (edited.length === 0 || entry === undefined) return lines.map((line) => `${escapeControls(line, 400)}.`);
  const state = isOpen ? ', which is not saved yet' : isTracked ? ', which is not staged yet' : '';
  const place = `${escapeControls(entry.file, 400)}:${String(entry.line)}${state}`;
  return [
    `${verbs[name]} ${escapeControls(packageLabel(entry))} in ${place}.`,
    ...(notice === null ? [] : [notice]),
  ];
}

/**
 * @param knowledge What is known of the package, in sentences.
 * @returns Why a decision was refused, and what to do next, as far as that is done without flags of the command line.
 */
export function refusalLines(
  { message, next }: Pick<UsageError, 'message' | 'next'>,
  knowledge: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const refused = [...message.split('\n').map((line) => line.replace(/\.?$/, '.')), ...knowledge].join(' ');
  const steps = next.split(/\n|(?<=[.?!]) (?=[A-Z])/);
  const possible = steps.filter((step) => !namesFlag(step));
  if (possible.length === steps.length) return [refused, ...steps];
  return [
    refused,
    inAssistant(env)
      ? 'An approval of it can be requested.'
      : [...possible, 'More can be done at a terminal.'].join(' '),
  ];
}

function namesFlag(sentence: string): boolean {
  return /(?:^|\s)--[a-z]/.test(sentence);
}
