import type { AgentAnswer, CommandShell } from '../../agents/protocols/event.ts';
import { ecosystems } from '../../ecosystems/index.ts';
import { languages } from '../../languages/index.ts';
import { readCommands } from '../../shell/read.ts';
import { checkBranch, isUnapprovedAllowed, type ProposalOptions } from '../proposed.ts';
import { silence } from './answer.ts';
import { faultsOf, findingsText } from './texts.ts';

/**
 * Judges a command that installs what manifests and lockfiles say, by what these say that the default branch does not: whoever
 * may write a dependency line could have it run in the next command.
 */
export async function projectInstall(
  { text, shell }: { readonly text: string; readonly shell: CommandShell },
  place: ProposalOptions,
): Promise<AgentAnswer> {
  const { commands } = readCommands(text, shell === 'sh' ? 'sh' : 'words');
  const readers = await Promise.all(
    ecosystems.flatMap(({ installCommands }) => installCommands?.reader() ?? []),
  );
  const isInstall = commands.some((command) => readers.some((reader) => reader.installsProject(command)));
  if (place.location.repository === null || !isInstall) return silence;
  const judgement = await checkBranch(place);
  const { report, policies } = judgement;
  const isAllowed = policies !== null && isUnapprovedAllowed(policies.judge);
  const findings = report.findings.filter(
    ({ rule, severity, language }) =>
      isOfManifest(language) && (severity === 'error' || (rule === 'unapproved-package' && !isAllowed)),
  );
  if (findings.length === 0) return report.findings.length === 0 ? faultsOf(judgement) : silence;
  return { kind: 'refuse', text: findingsText(findings, judgement, 'refused-command') };
}

/** The language of a line of a manifest is the name of its format: `package.json`, `requirements.txt`. */
function isOfManifest(language: string | null): boolean {
  return language !== null && !languages.some(({ id }) => id === language);
}
