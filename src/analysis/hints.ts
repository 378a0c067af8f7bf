import type { Declarations } from '../declarations/declarations.ts';
import type { Hint } from '../model/finding.ts';
import type { Files, Language } from '../model/language.ts';
import type { Package } from '../model/package.ts';
import type { Scope } from '../model/snapshot.ts';
import type { UseWithStatus } from '../model/status.ts';
import type { Policy } from '../policy/policy.ts';
import { ownNameHints } from './own-name-hints.ts';
import type { ProjectStates } from './project-states.ts';
import type { ProjectResolvers } from './resolvers.ts';
import type { SourceKinds } from './source-kinds.ts';
import { commitCommand } from '../model/commit-command.ts';
import { decide, indexEntries, type Decision } from '../whitelist/decide.ts';
import { readWhitelist } from '../whitelist/read.ts';

/** The work tree beside the state that is judged. */
interface WorkTree {
  readonly policy: Policy;
  /** What the whitelist of the work tree says of a package; null where it is the one that judges. */
  readonly decide: ((subject: Package) => Decision) | null;
  /** Whoever looks for the request of a package commits it so. */
  readonly requestCommand: string;
  /** What resolves in the work tree; null where it has no file that the judged state lacks. */
  readonly resolvers: ProjectResolvers | null;
  readonly language: (id: string) => Language | undefined;
}

/** What hints are taken from. */
export interface HintSources {
  readonly scope: Scope;
  readonly states: ProjectStates;
  /** The manifests of the state that is judged. */
  readonly head: Declarations;
  readonly policy: Policy;
  readonly kinds: SourceKinds;
}

/** @returns For each use, what the work tree has and the judged state lacks, and which manifest bears its name. */
export async function hintsOf(
  uses: readonly UseWithStatus[],
  sources: HintSources,
): Promise<readonly (readonly Hint[])[]> {
  const ofNames = await Promise.all(uses.map((use) => ownNameHints(use, sources.head)));
  const ofWorkTree = await workTreeHints(uses, sources);
  return ofNames.map((hints, at) => [...hints, ...(ofWorkTree[at] ?? [])]);
}

async function workTreeHints(
  uses: readonly UseWithStatus[],
  { scope: { workTree, head, policy: policyState, bases }, states, policy, kinds }: HintSources,
): Promise<readonly (readonly Hint[])[]> {
  if (!workTree) return [];
  const [listed, headPaths] = await Promise.all([workTree.list(), head.list()]);
  const committed = new Set(headPaths);
  const resolvers = listed.some((path) => !committed.has(path)) ? states.resolversOf(workTree) : null;
  const decide = await decisionsIn(states.files(workTree), states.files(policyState), policy);
  const { whitelistFile, config } = policy;
  // git commits a file alone that it tracks, and a merge only as a whole.
  const isAlone = committed.has(whitelistFile) && bases.length < 2 && config.requested !== 'warn';
  const requestCommand = isAlone ? commitCommand(whitelistFile) : `git add ${whitelistFile}`;
  const language = (id: string) => kinds.languages.find((candidate) => candidate.id === id);
  return Promise.all(
    uses.map((use) => hintsFor(use, { policy, decide, requestCommand, resolvers, language })),
  );
}

/** @returns That a whitelist approves something in the work tree alone, and how that becomes part of the commit. */
export function unstagedText(approved: string, whitelistFile: string): string {
  return `${whitelistFile} approves ${approved} in the work tree, but not in this commit: stage it (with \`git commit FILE\`, name it too).`;
}

/** @returns What the whitelist of the work tree says; null where it is the one that judged. */
export async function decisionsIn(
  files: Files,
  policyFiles: Files,
  { whitelistFile, today }: Policy,
): Promise<WorkTree['decide']> {
  const text = await files.text(whitelistFile);
  if (text === undefined || text === (await policyFiles.text(whitelistFile))) return null;
  const whitelist = indexEntries((await readWhitelist(whitelistFile, text)).entries);
  return (subject) => decide(whitelist, subject, today);
}

/**
 * Explains an unapproved use by what the work tree has and the judged state lacks: an approval or a
 * module that is not staged, or, with `git commit FILE`, not named.
 */
async function hintsFor({ use, status }: UseWithStatus, workTree: WorkTree): Promise<readonly Hint[]> {
  if (status.kind !== 'unapproved') return [];
  const { whitelistFile } = workTree.policy;
  const hints: Hint[] = [];
  const decision = workTree.decide?.(use.package);
  if (decision?.kind === 'approved') {
    hints.push({
      text: unstagedText('it', whitelistFile),
      command: `git add ${whitelistFile}`,
    });
  }
  if (decision?.kind === 'unapproved' && decision.requested !== null && status.requested === null)
    hints.push({
      text: `${whitelistFile} requests it in the work tree, but not in this commit: a request lets no commit pass, so that it is committed by itself.`,
      command: workTree.requestCommand,
    });
  const file = await localFile(use, workTree);
  if (file !== null)
    hints.push({ text: `${file} is in the work tree, but not in this commit.`, command: null });
  return hints;
}

async function localFile(
  use: UseWithStatus['use'],
  { resolvers, language }: WorkTree,
): Promise<string | null> {
  const sourceLanguage = language(use.language);
  if (!sourceLanguage || !resolvers) return null;
  const { specifier, names, kind } = use.references[0];
  if (kind === 'dependency') return null;
  const resolved = await resolvers
    .resolver(sourceLanguage)
    .resolve({ file: use.file, specifier, names, kind });
  for (const { origin } of resolved) if (origin.kind === 'local') return origin.file;
  return null;
}
