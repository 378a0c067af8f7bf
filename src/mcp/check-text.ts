import type { CallToolResult } from '@modelcontextprotocol/server';
import type { InferOutput } from 'valibot';
import {
  checkCommand,
  checkEdits,
  checkWholeTexts,
  isUnapprovedAllowed,
  type Judgement,
} from '../app/proposed.ts';
import { UsageError } from '../app/usage-error.ts';
import { countsOf } from '../reporters/words.ts';
import { answer } from './answers.ts';
import { confinedPath } from './confined-path.ts';
import { findingsData } from './findings-data.ts';
import type { checkCodeInput, checkCommandInput } from './schemas.ts';
import type { Session } from './session.ts';

/** Judges the whole text of a file before it is written. */
export async function checkCode(
  { path, text, newOnly = true }: InferOutput<typeof checkCodeInput>,
  session: Session,
): Promise<CallToolResult> {
  const { location, context } = await session.folders.placeFor(path);
  const file = confinedPath(location.root, path);
  if (file === '') throw new UsageError(`${path} is the root of the project`, 'Name the file.');
  const options = { context, location, online: !session.offline };
  const check = newOnly ? checkEdits : checkWholeTexts;
  return reportAnswer(await check(new Map([[file, text]]), options), 'write');
}

/** Judges what a command would install; nothing of it is run. */
export async function checkShellCommand(
  { command, cwd = '' }: InferOutput<typeof checkCommandInput>,
  session: Session,
): Promise<CallToolResult> {
  const { location, context } = await session.folders.placeFor(cwd);
  const folder = confinedPath(location.root, cwd);
  const options = { context, location, online: !session.offline };
  return reportAnswer(await checkCommand(command, { folder }, options), 'run');
}

/** In one word, what is to be done with a text. */
type TextVerdict = 'refused' | 'unchecked' | 'warned' | 'unread' | 'clean';

const REFUSED =
  'use what is approved (list_approved), or ask with request_approval and tell the user. What is denied stays out.';

const advice: Readonly<Record<'write' | 'run', Readonly<Record<TextVerdict, string>>>> = {
  write: {
    refused: `Do not write it so: ${REFUSED}`,
    unchecked: 'It could not be checked as a whole: do what the faults say, and ask again.',
    warned: 'It may be written. Tell the user of the warnings.',
    unread: 'Nothing in a file of this name is read here.',
    clean: 'It newly names no package that nobody approved.',
  },
  run: {
    refused: `Do not run it: ${REFUSED}`,
    unchecked:
      'Do not run it: what it installs is not clear. Name the packages in plain words, and ask again.',
    warned: 'It may be run. Tell the user of the warnings.',
    unread: 'It could not be read.',
    clean: 'It names no package to install that nobody approved; what a variable holds is not known.',
  },
};

/** What could not be checked is never told as clean. */
function reportAnswer(judgement: Judgement, verb: 'write' | 'run'): CallToolResult {
  const data = findingsData(judgement, verb === 'write');
  const verdict = verdictOf(judgement, verb);
  return answer({ verdict, ...data, next: advice[verb][verdict] });
}

function verdictOf(judgement: Judgement, verb: 'write' | 'run'): TextVerdict {
  const { findings, faults, files } = judgement.report;
  if (countsOf(judgement.report).errors > 0) return 'refused';
  if (verb === 'run' && installsUnapproved(judgement)) return 'refused';
  // What a command installs that is not clear is installed all the same; an import is looked at again when it is committed.
  const isUnclear = verb === 'run' && findings.some(({ rule }) => rule === 'unclear-import');
  if (faults.length > 0 || isUnclear) return 'unchecked';
  if (findings.length > 0) return 'warned';
  return files === 0 ? 'unread' : 'clean';
}

/** It is about to run, so that it is no permission where the whitelist says nothing of commands in files, or has a request. */
function installsUnapproved({ report, policies }: Judgement): boolean {
  const isAllowed = policies !== null && isUnapprovedAllowed(policies.judge);
  return !isAllowed && report.findings.some(({ rule }) => rule === 'unapproved-package');
}
