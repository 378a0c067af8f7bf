import type { AgentAnswer, CommandShell } from '../../agents/protocols/event.ts';
import { formatOf } from '../../declarations/read.ts';
import { ecosystems } from '../../ecosystems/index.ts';
import { languages } from '../../languages/index.ts';
import type { Command } from '../../model/command.ts';
import type { EcosystemId } from '../../model/package.ts';
import { readCommands } from '../../shell/read.ts';
import { checkBranch, isUnapprovedAllowed, type ProposalOptions } from '../proposed.ts';
import { TOOL } from '../../model/tool.ts';
import { escapeControls } from '../../text/escape.ts';
import { manifests } from '../components.ts';
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
  const { commands, outputFiles } = readCommands(text, shell === 'sh' ? 'sh' : 'words');
  const installed = await installedEcosystems(commands);
  if (place.location.repository === null || installed.length === 0) return silence;
  const manifest = outputFiles.find(({ text: path }) => installed.includes(ecosystemAt(path) ?? ''));
  if (manifest !== undefined) return unseenManifest(manifest.text);
  const judgement = await checkBranch(place);
  const { report, policies } = judgement;
  const isAllowed = policies !== null && isUnapprovedAllowed(policies.judge);
  const findings = report.findings.filter(
    ({ rule, severity, language, package: subject }) =>
      isOfManifest(language) &&
      (subject === null || installed.includes(subject.ecosystem)) &&
      rule !== 'policy-change' &&
      (severity === 'error' || (rule === 'unapproved-package' && !isAllowed)),
  );
  if (findings.length === 0) return report.findings.length === 0 ? faultsOf(judgement) : silence;
  return { kind: 'refuse', text: findingsText(findings, judgement, 'refused-command') };
}

/** @returns The ecosystem of the manifest that a path names; undefined where it names none. */
function ecosystemAt(path: string): EcosystemId | undefined {
  return formatOf(path.replace(/^(?:\.{0,2}\/)+/, ''), manifests.formats)?.ecosystem;
}

/** Nobody can look at a file that the same command writes. */
function unseenManifest(file: string): AgentAnswer {
  const lines = [
    `${TOOL}: this command was refused: it writes ${escapeControls(file)} and installs what that says at once.`,
    'Write the file first, and install in a command of its own.',
  ];
  return { kind: 'refuse', text: lines.join('\n') };
}

/** @returns The ecosystems whose manifests the commands install. */
async function installedEcosystems(commands: readonly Command[]): Promise<readonly EcosystemId[]> {
  const readings = ecosystems.map(async ({ id, installCommands }) => {
    const reader = await installCommands?.reader();
    return commands.some((command) => reader?.installsProject(command) === true) ? [id] : [];
  });
  return (await Promise.all(readings)).flat();
}

/** The language of a line of a manifest is the name of its format: `package.json`, `requirements.txt`. */
function isOfManifest(language: string | null): boolean {
  return language !== null && !languages.some(({ id }) => id === language);
}
