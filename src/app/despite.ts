import { packageLabel, type Package } from '../model/package.ts';
import { blockingGrades, type ApprovalDetails } from './approval-details.ts';
import { UsageError } from './usage-error.ts';
import type { WhitelistSession } from './whitelist-session.ts';

/** What `--despite` takes besides grades: a denial is replaced. */
const denialWord = 'denied';

/** What somebody names who approves a package in spite of it. */
export interface Despite {
  readonly grade: string | null;
  readonly denial: boolean;
  /** `--despite` stands without a word. */
  readonly isBare: boolean;
}

/**
 * @param words The values of `--despite`; '' where it has none.
 * @throws UsageError for several packages, for a word that is no grade that holds an approval back, and for several
 *   grades: a script that names them all would let everything pass.
 */
export function despiteOf(words: readonly string[], packages: readonly Package[]): Despite {
  if (words.length > 0 && packages.length > 1)
    throw new UsageError(
      '--despite goes with one package: what is wrong with one says nothing of another',
      'Approve each package in a command of its own.',
    );
  const named = [...new Set(words.filter((word) => word !== '' && word !== denialWord))];
  const stranger = named.find((word) => !blockingGrades.includes(word));
  if (stranger !== undefined)
    throw new UsageError(
      `--despite: no grade called ${stranger} holds an approval back`,
      `Grades that do are ${blockingGrades.join(', ')}; of a denied package, write ${denialWord}.`,
    );
  if (named.length > 1)
    throw new UsageError(
      `--despite names several grades: ${named.join(', ')}`,
      'Name the one that the package has.',
    );
  return { grade: named[0] ?? null, denial: words.includes(denialWord), isBare: words.includes('') };
}

/** @returns The flags that approve a package in spite of everything that speaks against it, each behind a space. */
export function despiteFlags(details: ApprovalDetails, session: Pick<WhitelistSession, 'project'>): string {
  return obstaclesTo(details, session)
    .map((word) => ` --despite ${word}`)
    .join('');
}

/**
 * @returns What a person has to write who approves a package in spite of its grade; null where it was written, or nothing
 *   holds the approval back. A denial is not looked at: whoever writes the entry meets it.
 * @throws UsageError for `--despite` without a word: it says which one belongs there.
 */
export function missingGrade(
  details: ApprovalDetails,
  despite: Despite,
  session: Pick<WhitelistSession, 'project'>,
): string | null {
  const { grade } = details;
  if (despite.isBare) throw bareError(details, obstaclesTo(details, session));
  if (!blockingGrades.includes(grade) || despite.grade === grade) return null;
  return despite.grade === null
    ? `To approve it in spite of that, run approve with${despiteFlags(details, session)}.`
    : `Its grade is ${grade}, not ${despite.grade}: write --despite ${grade}.`;
}

/** The grade first, as a person learns of it first. */
function obstaclesTo(
  { package: subject, grade }: ApprovalDetails,
  { project }: Pick<WhitelistSession, 'project'>,
): readonly string[] {
  const isDenied = project.policy.decide(subject).kind === 'denied';
  return [...(blockingGrades.includes(grade) ? [grade] : []), ...(isDenied ? [denialWord] : [])];
}

function bareError({ package: subject }: ApprovalDetails, obstacles: readonly string[]): UsageError {
  const label = packageLabel(subject);
  if (obstacles.length === 0)
    return new UsageError(
      [
        `--despite names what speaks against a package, and nothing is known against ${label}`,
        'Nothing was written.',
      ],
      'Leave it out.',
    );
  return new UsageError(
    [
      `--despite names what speaks against a package: ${label} is ${obstacles.join(' and ')}`,
      'Nothing was written.',
    ],
    `Write ${obstacles.map((word) => `--despite ${word}`).join(' ')}.`,
  );
}
