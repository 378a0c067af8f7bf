import type { AgentAnswer } from '../../agents/protocols/event.ts';
import { packageLabel } from '../../model/package.ts';
import { TOOL } from '../../model/tool.ts';
import { isRequested } from '../../policy/requests.ts';
import { nextCommands, peopleReport, type Block } from '../../reporters/package-blocks.ts';
import { escapeControls, isShellSafe } from '../../text/escape.ts';
import type { Finding } from '../../../rules/index.ts';
import type { Judgement } from '../proposed.ts';
import { HookFault } from './answer.ts';

/** What a model is told about. */
type Occasion = 'refused-command' | 'refused-edit' | 'edit' | 'end';

const OPENINGS: Readonly<Record<Occasion, string>> = {
  'refused-command': 'this command was refused: what it installs is not approved here.',
  'refused-edit': 'this edit was refused: what it imports may not be used here.',
  edit: 'this edit was made, and what it uses is not approved here: the commit will be refused.',
  end: 'what the work tree uses is not approved here, so the commit will be refused.',
};

/** More packages than this are counted. */
const MOST_BLOCKS = 4;

/** UTF-16 code units of what is said about one package. */
const LONGEST_BLOCK = 420;

/**
 * What a model reads, in at most ten lines: what was found, which name may have been meant, and how a person is asked. Nothing
 * in it tells a way round that person.
 */
export function findingsText(
  findings: readonly Finding[],
  { report, policies }: Judgement,
  occasion: Occasion,
): string {
  const { blocks } = peopleReport({ ...report, findings, policyChanges: [], notes: [], faults: [] });
  const shown = blocks.slice(0, MOST_BLOCKS).map((block) => blockText(block, occasion));
  const more = blocks.length - shown.length;
  const lines = [
    `${TOOL}: ${OPENINGS[occasion]}`,
    ...shown,
    ...(more > 0 ? [`- and ${String(more)} more.`] : []),
    ...adviceLines(blocks, policies),
  ];
  return lines.join('\n');
}

function blockText({ finding, messages, places: [first] }: Block, occasion: Occasion): string {
  const subject = finding.package === null ? finding.rule : packageLabel(finding.package);
  const place = occasion === 'refused-command' ? '' : ` (${first.file}:${String(first.place.line)})`;
  const meant = finding.suggestions
    .slice(0, 3)
    .map(({ package: suggestion }) => packageLabel(suggestion))
    .join(', ');
  const question = meant === '' ? '' : ` Similar names that may be meant: ${meant}.`;
  return `- ${escapeControls(`${subject}${place}: ${messages.join(' ')}${question}`, LONGEST_BLOCK)}`;
}

/** Commands that an assistant may run, then what only a person does. */
function adviceLines(blocks: readonly Block[], policies: Judgement['policies']): readonly string[] {
  if (policies === null) return [];
  const { command, workTree, mayDecide } = policies;
  const isWaiting = ({ finding }: Block) =>
    finding.package !== null && isRequested(workTree, finding.package);
  const waiting = blocks.filter(isWaiting);
  const open = blocks.filter((block) => !isWaiting(block));
  const { exists } = workTree.whitelist;
  const commands = mayDecide ? decisionsAbout(open, command) : exists ? nextCommands(open) : [];
  const requests = commands.slice(0, 2);
  const ask = requests.map((request) => `\`${request}\``).join(' or ');
  const file = workTree.whitelistFile;
  const decided = exists
    ? `A person decides with \`${command} review\` and commits ${file}; do not edit that file yourself.`
    : `Tell the user: there is no ${file} yet, and a person sets it up with \`${command} init\`.`;
  return [
    `Use what the project has already (\`${command} list\`)${ask === '' ? '' : `, or go on with: ${ask}`}.`,
    ...(waiting.length > 0 ? ['What has been requested waits for a person.'] : []),
    ...(mayDecide ? [] : [decided]),
  ];
}

/** Of what a project lets assistants decide. A denial has been decided. */
function decisionsAbout(blocks: readonly Block[], command: string): readonly string[] {
  return blocks.flatMap(({ finding: { rule, package: subject } }) =>
    subject === null || rule === 'denied-package' || !isShellSafe(packageLabel(subject))
      ? []
      : [`${command} approve ${packageLabel(subject)} --reason "…"`],
  );
}

/**
 * @throws HookFault with what could not be done, in one sentence, and what to do about it.
 */
export function faultsOf({ report }: Judgement): AgentAnswer {
  const [fault, ...furtherFaults] = report.faults;
  if (fault === undefined) return { kind: 'silence' };
  const file = fault.file === null ? '' : `${fault.file}: `;
  const more = furtherFaults.length === 0 ? '' : ` (and ${String(furtherFaults.length)} more)`;
  throw new HookFault(escapeControls(`${file}${fault.message}${more}. ${fault.next}`, LONGEST_BLOCK));
}
