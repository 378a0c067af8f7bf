import { silenceOf } from '../../src/model/evidence.ts';
import type { PackageEvidence, Rule, RuleContext, RuleInput } from '../../src/model/finding.ts';
import { packageLabel, type Package } from '../../src/model/package.ts';
import { unansweredText, type ApprovalStatus, type Entry } from '../../src/model/status.ts';
import { grades } from '../grades.ts';
import { impossibleName } from '../impossible-name.ts';
import { listed, providedElsewhere, type Explanation } from '../provided-elsewhere.ts';

type Use = Extract<RuleInput, { kind: 'use' }>;
type Unapproved = Extract<ApprovalStatus, { kind: 'unapproved' }>;

/** A package that nobody decided about, in a place that did not use it before. */
export const unapprovedPackage: Rule<'unapproved-package'> = {
  id: 'unapproved-package',
  summary: 'a new use of a package that nobody approved',
  severity: 'error',
  fixed: false,
  judge(subject, context) {
    if (subject.kind !== 'use' || subject.status.kind !== 'unapproved') return undefined;
    const { use, outside, status, hints, elsewhere } = subject;
    const isDecided = hints.some((hint) => hint.command !== null) || elsewhere !== null;
    const { provider } = outside;
    const provided = provider && !isDecided ? providedElsewhere(subject, provider, context) : null;
    const missing = status.provides ? missingModule(subject, status.provides, context) : null;
    const other =
      missing ?? otherSource(subject, status, context) ?? provided ?? impossibleName(subject, context);
    const commands = hints.flatMap((hint) => (hint.command ? [hint.command] : []));
    const advice = context.decisionAdvice(use.package);
    const next = elsewhere?.next ?? advice.commands;
    const hasAdvice = advice.text !== null && elsewhere === null && commands.length === 0;
    const sentences = [
      ...(other?.sentences ?? approvalTexts(subject, status, hasAdvice ? advice.text : undefined)),
      ...hints.map(({ text }) => text),
    ];
    return {
      severity: 'error',
      ...(context.requestWarns(use.package) && status.provides === undefined && { atMost: 'warn' }),
      grade: outside.grade,
      message: sentences.filter((sentence) => sentence !== undefined).join(' '),
      next: commands.length > 0 ? commands : (other?.next ?? next),
      ...(other && { decisionAbout: other.decisionAbout }),
    };
  },
};

/** No decision makes the import work: another name has to be written. */
function missingModule(
  { use }: Use,
  [first, ...otherModules]: NonNullable<Unapproved['provides']>,
  { command }: RuleContext,
): Explanation {
  const label = packageLabel(use.package);
  const modules = listed([first, ...otherModules], (module) => module);
  return {
    sentences: [`${label} provides ${modules}, not “${use.references[0].specifier}”: import ${first}.`],
    next: [`${command} explain ${use.package.ecosystem}:${first}`],
    decisionAbout: null,
  };
}

/** The approval holds for its source alone; what comes from elsewhere may be another package of the same name. */
function otherSource(
  { use }: Use,
  { approvedElsewhere: entry }: Unapproved,
  { command }: RuleContext,
): Explanation | null {
  if (entry === undefined) return null;
  const place = `${entry.file}:${String(entry.line)}`;
  return {
    sentences: [
      `${packageLabel(use.package)} is approved from ${entry.source ?? ''} alone (${place}), and is not taken from there.`,
    ],
    next: [`${command} explain foreign-source`],
    decisionAbout: null,
  };
}

function approvalTexts(
  { use, outside, elsewhere }: Use,
  status: Unapproved,
  advice: string | undefined,
): readonly (string | undefined)[] {
  const asked = status.requested ? ` (${requestText(status.requested)})` : '';
  return [
    elsewhere?.text ?? `nobody approved ${packageLabel(use.package)}${asked}.`,
    advice,
    meaning(outside),
    uninspectedText(outside.uninspected ?? []),
    usageText(status),
  ];
}

function meaning(outside: PackageEvidence): string | undefined {
  const description = grades.find(({ id }) => id === outside.grade)?.description;
  const isFileDate = outside.evidence.some(({ fact }) => fact === 'earliest-file');
  return (
    silenceOf(outside.grade, outside.evidence) ??
    (outside.grade === 'young' && isFileDate ? youngThere : description)
  );
}

/** An index that is not the public one may keep some of the files only. */
const youngThere = 'The first file there is recent; that index may not have the earlier ones.';

/** What the project has may provide the import, and nobody was there to tell. */
function uninspectedText(packages: readonly Package[]): string | undefined {
  return packages.length === 0
    ? undefined
    : `Nobody could tell whether ${listed(packages, packageLabel, 'or')} ${packages.length === 1 ? 'provides' : 'provide'} it.`;
}

/** A program may name a package that was never installed. */
function usageText({ usedAt }: Unapproved): string | undefined {
  return usedAt === undefined
    ? undefined
    : `${usedAt.file}:${String(usedAt.line)} uses it already, but no lockfile before this change has it: this line installs it.`;
}

/** An approval that no registry answered for is a request outside of hook and editor. */
function requestText(request: Entry): string {
  return request.kind === 'approved' ? unansweredText(request) : 'an approval has been requested';
}
