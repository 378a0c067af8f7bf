import type { Answer, LookupFacts, PackageFacts } from '../src/model/registry-facts.ts';

/**
 * The two days that ages are measured by, as ISO 8601 in UTC with milliseconds, so that they compare as
 * texts: packages published after `youngSince` are young, ones from before `oldBefore` have a life of
 * their own.
 */
export interface AgeThresholds {
  readonly youngSince: string;
  readonly oldBefore: string;
}

/**
 * How bad it is: nobody should use the package, or a person should look closely, or it is there and nothing more is
 * known against it, or nobody knows.
 */
export type GradeClass = 'refuted' | 'doubtful' | 'present' | 'unanswered';

/** A grade's name, what it means, and when it holds. */
interface GradeRow<Id extends string> {
  readonly id: Id;
  /** One sentence, to be read on its own. */
  readonly description: string;
  readonly class: GradeClass;
  readonly matches: (facts: LookupFacts, clock: AgeThresholds) => boolean;
}

/**
 * Every grade of an unapproved package, the gravest first. A grade is a label: severity, configuration and
 * the exit code don't know it, so that no verdict depends on the network.
 */
export const grades = [
  row({
    id: 'malicious',
    class: 'refuted',
    description: 'It is reported as malware, or its registry has quarantined it.',
    matches: ({ answer, malware }) =>
      malware.state === 'present' || factsOf(answer)?.status === 'quarantined',
  }),
  row({
    id: 'nonexistent',
    class: 'refuted',
    description: 'Its registry has no package of this name, so anyone can register it.',
    matches: ({ answer }) => answer.kind === 'absent',
  }),
  row({
    id: 'withdrawn',
    class: 'refuted',
    description:
      'It was removed from its registry: it cannot be installed, and the name may be registered again.',
    matches: ({ answer }) => answer.kind === 'withdrawn' || factsOf(answer)?.isSecurityHolding === true,
  }),
  row({
    id: 'unproven',
    class: 'doubtful',
    description: 'The distribution exists, but it does not provide the module that is imported.',
    matches: ({ provides }) => provides.state === 'present' && !provides.value,
  }),
  row({
    id: 'unrecorded',
    class: 'doubtful',
    description:
      'It is a module of a package that the project has already; the whitelist does not say so yet.',
    // Whoever finds that package says so: nothing that is known of a package of the module's own name matters then.
    matches: () => false,
  }),
  row({
    id: 'lookalike',
    class: 'doubtful',
    description:
      'Its name is easily mistaken for a known one, and nothing shows that it is an independent package.',
    matches: looksAlike,
  }),
  row({
    id: 'young',
    class: 'doubtful',
    description: 'It was first published only recently, or did not exist when it was looked up before.',
    matches: ({ answer }, clock) => isYoung(answer, clock),
  }),
  row({
    id: 'exists',
    class: 'present',
    description: 'It exists in its registry.',
    matches: ({ answer }) => answer.kind === 'present',
  }),
  row({
    id: 'unanswered',
    class: 'unanswered',
    description: 'Its registry was asked and gave no usable answer.',
    matches: ({ answer }) => answer.kind === 'unknown',
  }),
  row({
    id: 'not-asked',
    class: 'unanswered',
    description: 'No registry was asked about it.',
    matches: () => true,
  }),
] as const;

export type Grade = (typeof grades)[number]['id'];

/** @returns The ids of the grades of some classes, the gravest first. */
export function gradesOf(...classes: readonly GradeClass[]): readonly string[] {
  return grades.filter((candidate) => classes.includes(candidate.class)).map(({ id }) => id);
}

/** @returns The gravest grade that holds. */
export function grade(facts: LookupFacts, clock: AgeThresholds): Grade {
  return grades.find(({ matches: holds }) => holds(facts, clock))?.id ?? 'not-asked';
}

function row<Id extends string>(one: GradeRow<Id>): GradeRow<Id> {
  return one;
}

/** With so many versions over so long a time a package is in real use, whatever its name resembles. */
const versionsInRealUse = 20;

/**
 * A package that exists and whose name looks like a known one, unless use, owner or age say that it is
 * neither accident nor trap. A name that is merely spelled like one of the project's own counts where there is little
 * behind it: what somebody parks, or plants, beside a package that is in use. Where nobody knows whether it exists, the silence is the grade, and the
 * suggestions name what it resembles.
 */
function looksAlike(facts: LookupFacts, { oldBefore }: AgeThresholds): boolean {
  const { answer, imitation, wellKnown } = facts;
  const own = factsOf(answer);
  if (imitation === null || wellKnown || own === undefined) return false;
  if (imitation.comparison === 'generous' && !isHollow(own, facts)) return false;
  const created = createdOf(own);
  if (created !== null && created < oldBefore && (own.versions?.count ?? 0) >= versionsInRealUse)
    return false;
  const target = factsOf(imitation.answer);
  if (target === undefined) return true;
  const targetCreated = createdOf(target);
  const older = created !== null && targetCreated !== null && created < targetCreated;
  return !older && !own.owners.some((owner) => target.owners.includes(owner));
}

/** With more versions, somebody works on it. */
const versionsOfParking = 2;

/** Hardly begun, going by its versions, or made of modules that have nothing to do with its name. */
function isHollow({ versions, latest }: PackageFacts, { hasOwnModule }: LookupFacts): boolean {
  if (hasOwnModule === false) return true;
  const isFew = versions?.exact === true && versions.count <= versionsOfParking;
  const [, major, minor = '0'] = /^v?(\d+)(?:\.(\d+))?/.exec(latest ?? '') ?? [];
  return isFew && major !== undefined && Number(major) === 0 && Number(minor) === 0;
}

function isYoung(answer: Answer, { youngSince }: AgeThresholds): boolean {
  if (answer.kind !== 'present') return false;
  if (answer.absentOn !== null && answer.absentOn > youngSince) return true;
  const created = createdOf(answer.facts);
  return created !== null && created > youngSince;
}

function factsOf(answer: Answer): PackageFacts | undefined {
  return answer.kind === 'present' ? answer.facts : undefined;
}

function createdOf({ created }: PackageFacts): string | null {
  return created.state === 'present' ? created.value : null;
}
