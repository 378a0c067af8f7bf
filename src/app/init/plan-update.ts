import nodePath from 'node:path';
import { ecosystems } from '../../ecosystems/index.ts';
import { packageLabel } from '../../model/package.ts';
import type { FileChange } from '../../hook-managers/file-change.ts';
import { edit, type Edited } from '../../whitelist/edit.ts';
import { withCovers, withoutHeadings } from '../../whitelist/update.ts';
import { openProject } from '../project.ts';
import type { ProcessContext } from '../process.ts';
import { readIfThere } from '../read-if-there.ts';
import { UsageError } from '../usage-error.ts';
import type { InitContext } from './context.ts';
import type { InitPlan } from './plan.ts';
import { surveyProject } from './survey.ts';
import { TOOL } from '../../model/tool.ts';

/**
 * Plans how a whitelist of an older version becomes what this version would have written: one line for each decision,
 * and, for ecosystems that it does not cover yet, what HEAD declares of them as baseline. What was decided stays.
 *
 * @throws UsageError where there is no whitelist, or one that can't be rewritten.
 */
export async function planUpdate(place: InitContext, context: ProcessContext): Promise<InitPlan> {
  const { policy, location } = place;
  const today = context.now.toISOString().slice(0, 10);
  const changes: FileChange[] = [];
  for (const name of policy.whitelist.files) {
    const file = nodePath.join(location.root, name);
    const text = await readIfThere(file);
    if (text === null && name === policy.whitelistFile) throw noWhitelist(name);
    if (text === null) continue;
    const flat =
      textOf(await withoutHeadings(name, text, { covers: [...policy.whitelist.covers], today })) ?? text;
    const isMain = name === policy.whitelistFile;
    const covering = isMain ? await withMoreCovers({ name, text: flat, today }, place, context) : null;
    const newText = covering ?? flat;
    if (newText !== text) changes.push({ file, before: text, after: newText, executable: false });
  }
  const isCurrent = changes.length === 0;
  return {
    groups: isCurrent
      ? []
      : [{ id: 'whitelist', title: 'the whitelist in the form of this version', changes }],
    adoption: null,
    said: isCurrent ? [`${policy.whitelistFile} is up to date.`] : [],
    refused: [],
  };
}

/** A file that says what it covers gets the ecosystems that are new, with what is in use of them. */
async function withMoreCovers(
  { name, text, today }: { readonly name: string; readonly text: string; readonly today: string },
  place: InitContext,
  context: ProcessContext,
): Promise<string | null> {
  const words = ecosystems.map(({ id }) => id);
  const covering = textOf(await withCovers(name, text, words));
  if (covering === null) return null;
  const baseline = await uncoveredBaseline(place, context);
  const edits = baseline.map(({ subject, imports }) => ({
    ...subject,
    content: { kind: 'baseline' as const, date: today, imports },
  }));
  return textOf(await edit(name, covering, edits));
}

async function uncoveredBaseline({ location, git, hooks, policy }: InitContext, context: ProcessContext) {
  const project = await openProject({ kind: 'all' }, location, { context });
  if (project.kind === 'fault') throw new UsageError(project.fault.message, project.fault.next);
  try {
    const { baseline, imports } = await surveyProject({ project, git, root: hooks.root, env: context.env });
    const { covers } = policy.whitelist;
    return baseline
      .filter((subject) => !covers.has(subject.ecosystem) && policy.decide(subject).kind === 'unapproved')
      .map((subject) => ({ subject, imports: imports.get(packageLabel(subject)) ?? [] }));
  } finally {
    project.close();
  }
}

/** @throws UsageError where an edit was refused. */
function textOf(edited: Edited | null): string | null {
  if (edited === null) return null;
  if (edited.kind === 'edited') return edited.text;
  const { file, line, message, next } = edited.fault;
  throw new UsageError(`${[file, line].filter((part) => part !== null).join(':')}: ${message}`, next);
}

function noWhitelist(name: string): UsageError {
  return new UsageError(`there is no ${name} to update`, `Write one with \`${TOOL} init\`.`);
}
