import type { FoundUse } from './findings/group.ts';
import type { OutsideKnowledge } from './model/finding.ts';
import type { Language } from './model/language.ts';
import { display, type Package } from './model/package.ts';
import type { Origin, Reference, Step } from './model/reference.ts';
import type { Scope } from './model/snapshot.ts';
import type { Entry, Judged, Standing } from './model/standing.ts';
import type { Ask } from './pipeline.ts';
import { Survey, type Lead, type SurveyOptions } from './references/survey.ts';
import type { ExplanationCard } from './reporters/explain.ts';
import { isSettled } from './standing/judge.ts';
import { shellInert } from './text/escape.ts';

/** What is asked: where a specifier leads when a file (it need not exist) imports it. */
export interface Asked {
  readonly language: Language;
  readonly specifier: string;
  readonly file: string;
}

/** A package of an installed environment that has what a specifier asks for. It approves nothing. */
export interface Installed {
  readonly package: Package;
  readonly text: string;
  /** What says so; relative to the project's root where it lies inside. */
  readonly file: string;
}

/** What `explain` needs besides the scope. */
export interface ExplainOptions extends SurveyOptions {
  readonly ask: Ask;
  /** What an installed environment has for a specifier: it suggests and decides nothing. */
  readonly installed: (asked: Asked, subject: Package) => Promise<readonly Installed[]>;
  /** How to start this tool here: `npx vetted-imports`. */
  readonly command: () => Promise<string>;
}

/**
 * Follows a specifier as `check` does, and keeps what `check` throws away: the steps, with file and line
 * of each piece of evidence. An unapproved package comes with what names and registries say of it.
 */
export async function explain(asked: Asked, scope: Scope, options: ExplainOptions): Promise<ExplanationCard> {
  const { specifier, file, language } = asked;
  const survey = new Survey(scope, options);
  const steps: Step[] = [];
  const request = { file, specifier, names: [], kind: 'static' } as const;
  const leads = await survey.follow(language, request, (step) => steps.push(step));
  const { origin, judged } = leads.find((lead) => !isQuiet(lead, options)) ?? leads[0] ?? nowhere;
  for (const lead of leads) steps.push(...stepsOf(lead, scope, options));
  if (!judged) return { ...bare, specifier, origin, judged, steps };
  const next = commandsFor(judged, await options.command());
  if (judged.standing.kind !== 'unapproved') return { ...bare, specifier, origin, judged, steps, next };
  const installed = await options.installed(asked, judged.package);
  const known = await outside(asked, { origin, judged }, { survey, ask: options.ask });
  return {
    specifier,
    origin,
    judged,
    steps: [...steps, ...installed.map(({ text, file: where }) => ({ text, file: where, line: null }))],
    grade: known.grade,
    evidence: known.evidence,
    suggestions: [...installed.flatMap((one) => suggestionOf(one, asked, judged)), ...known.suggestions],
    next,
  };
}

const bare = { grade: null, evidence: [], suggestions: [], next: [] } as const;
const nowhere: Lead = { origin: { kind: 'unknown', reason: 'it leads nowhere' }, judged: null };

function isQuiet({ origin, judged }: Lead, { policy }: ExplainOptions): boolean {
  return judged ? isSettled(judged.standing, policy.trust) : origin.kind !== 'unknown';
}

/** The steps from an origin to what was decided. */
function stepsOf({ origin, judged }: Lead, scope: Scope, options: ExplainOptions): Step[] {
  if (!judged)
    return [{ text: whereTo(origin), file: origin.kind === 'local' ? origin.file : null, line: null }];
  const first = origin.kind === 'package' ? origin.package : judged.package;
  const standsIn =
    display(first) === display(judged.package)
      ? []
      : [plain(`${display(judged.package)} provides it as well`)];
  const leads = plain(`it leads to the package ${display(first)}`);
  return [leads, ...standsIn, ...standingSteps(judged.standing, scope, options)];
}

function whereTo(origin: Exclude<Origin, { kind: 'package' }> | Origin): string {
  switch (origin.kind) {
    case 'builtin':
      return `${origin.host} has it built in: nobody needs to approve it`;
    case 'local':
      return 'it is the project’s own: nobody needs to approve it';
    case 'ambient':
      return `${origin.host} provides it: nobody needs to approve it`;
    case 'unknown':
      return `nobody can tell where it leads: ${origin.reason}`;
    case 'package':
      return `it leads to the package ${display(origin.package)}`;
  }
}

function standingSteps(standing: Standing, { trust }: Scope, { policy }: ExplainOptions): Step[] {
  const state = trust.map(({ label }) => label).join(' and ');
  switch (standing.kind) {
    case 'approved':
      return [entryStep('approved', standing.entry)];
    case 'baseline':
      return [entryStep('in the baseline: in use since before the whitelist', standing.entry)];
    case 'denied':
      return [entryStep('denied', standing.entry)];
    case 'expired':
      return [entryStep('its approval is over', standing.entry)];
    case 'declared':
      return [
        { text: `a manifest of ${state} declares it`, ...standing.at },
        ...(policy.trust === 'whitelist'
          ? [{ text: 'the whitelist has no decision about it', file: policy.whitelistFile, line: null }]
          : [plain('manifests approve here: the whitelist is not the authority')]),
      ];
    case 'unapproved':
      return [
        ...(standing.requested ? [entryStep('its approval is requested', standing.requested)] : []),
        policy.whitelist.exists
          ? { text: 'the whitelist has no decision about it', file: policy.whitelistFile, line: null }
          : plain(`there is no whitelist (${policy.whitelistFile})`),
        plain(`no manifest of ${state} declares it`),
      ];
  }
}

/** What a person wrote down: `approved by Ada L <ada@example.org> on 2026-11-23: arrays`. */
function entryStep(what: string, { name, by, date, expires, use, reason, file, line }: Entry): Step {
  const parts = [
    what,
    name.endsWith('/*') ? `as part of ${name}` : null,
    by && `by ${by}`,
    date && `on ${date}`,
    expires && `until ${expires}`,
    use && `(use ${use})`,
  ].filter((part) => part !== null && part !== '');
  return { text: `${parts.join(' ')}${reason ? `: ${reason}` : ''}`, file, line };
}

/** The commands that would decide otherwise; none for a name that a shell could misread. */
function commandsFor({ package: subject, standing }: Judged, command: string): string[] {
  const name = display(subject);
  if (!shellInert(name)) return [];
  const words: Readonly<Record<Standing['kind'], readonly string[]>> = {
    approved: [`deny ${name}`],
    baseline: [`approve ${name}`, `deny ${name}`],
    declared: [`approve ${name}`, `deny ${name}`],
    denied: [`approve ${name} --despite`],
    expired: [`approve ${name}`],
    unapproved: [`approve ${name}`, `request ${name}`, `deny ${name}`],
  };
  return words[standing.kind].map((rest) => `${command} ${rest}`);
}

/** Asks about the specifier as if a file imported it. */
async function outside(
  { specifier, file, language }: Asked,
  { origin, judged }: { origin: Origin; judged: Judged },
  { survey, ask }: { survey: Survey; ask: Ask },
): Promise<OutsideKnowledge> {
  const reference: Reference = {
    kind: 'static',
    specifier,
    names: [],
    optional: false,
    approximate: false,
    place: { line: 1, column: 1, endLine: 1, endColumn: 1, cell: null },
    excerpt: null,
    origin,
  };
  const { package: subject, standing } = judged;
  const found: FoundUse = {
    use: { file, language: language.id, package: subject, references: [reference] },
    standing,
  };
  const { knowledge } = await ask([found], await survey.projectNames());
  return knowledge[0] ?? { grade: 'not-asked', evidence: [], suggestions: [] };
}

function suggestionOf(one: Installed, { specifier }: Asked, judged: Judged) {
  return display(one.package) === display(judged.package)
    ? []
    : [{ package: one.package, specifier, why: one.text }];
}

function plain(text: string): Step {
  return { text, file: null, line: null };
}
