import { isThisTool } from '../../ecosystems/index.ts';
import { packageLabel, type Package } from '../../model/package.ts';
import { escapeControls } from '../../text/escape.ts';
import { commandAt } from '../command-at.ts';
import { UsageError } from '../usage-error.ts';
import type { WhitelistSession } from '../whitelist-session.ts';
import { openPackages, packageCount, whitelistOf, type Adoption } from './adoption.ts';
import { hasWhitelist } from './deleted-whitelist.ts';
import { nextAuthorOf } from '../author.ts';
import { surveyProject } from './survey.ts';

/** What the first entry of a project is written into. */
export interface FirstWhitelist {
  readonly text: string;
  /** One line for whoever made the file. */
  readonly notice: string;
}

/**
 * The whitelist that `init` would write: a file with nothing but the first entry would be the authority for a project
 * of which it knows nothing.
 *
 * @param requested Packages that are asked for with a reason of their own.
 * @param decided Packages that somebody decides about now.
 * @returns null where the project has a whitelist.
 * @throws UsageError where the whitelist was deleted and the deletion is not committed.
 */
export async function firstWhitelist(
  session: WhitelistSession,
  { requested, decided }: { readonly requested: readonly Package[]; readonly decided: readonly Package[] },
): Promise<FirstWhitelist | null> {
  const { project, location, context, whitelist, today, offline } = session;
  if (await hasWhitelist(location, whitelist)) return null;
  const survey = await surveyProject({ project, location, context, offline });
  // What the change itself brings waits for its own decision; to add this tool is one.
  const recent = survey.recent.filter((item) => isThisTool(item.package));
  const adoption = without({ ...survey, recent }, new Set(requested.map(packageLabel)));
  const result = await whitelistOf(whitelist, adoption, { today, by: await nextAuthorOf(location) });
  if (result.kind === 'refused') throw new UsageError(result.fault.message, result.fault.next);
  const command = await commandAt(project.policyFiles, location.root, context);
  const openAdoption = without(adoption, new Set(decided.map(packageLabel)));
  return { text: result.text, notice: noticeOf(whitelist, openAdoption, command) };
}

function without(adoption: Adoption, labels: ReadonlySet<string>): Adoption {
  const isLeft = (item: { readonly package: Package }) => !labels.has(packageLabel(item.package));
  return { ...adoption, used: adoption.used.filter(isLeft), recent: adoption.recent.filter(isLeft) };
}

function noticeOf(whitelist: string, adoption: Adoption, command: string): string {
  const { base, baseline } = adoption;
  const open = openPackages(adoption).used.length;
  const requested =
    open === 0
      ? ''
      : `, and ${packageCount(open)} more in use ${open === 1 ? 'is' : 'are'} requested (\`${command} review\`)`;
  return `${escapeControls(whitelist)} is new: its baseline is what ${base} declares (${packageCount(baseline.length)})${requested}. From now on it decides, and no longer what manifests declare.`;
}
