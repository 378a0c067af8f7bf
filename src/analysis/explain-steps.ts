import { packageLabel } from '../model/package.ts';
import type { Origin, Step } from '../model/reference.ts';
import type { Scope } from '../model/snapshot.ts';
import type { Entry, PackageStatus } from '../model/status.ts';
import { substituteText, type Substitute } from '../model/substitute.ts';
import { isUndecided } from '../policy/status.ts';
import { reasonText } from '../whitelist/assistant-request.ts';
import type { AnalysisOptions } from './analyse.ts';
import type { ResolvedLead } from './follow-specifier.ts';

/** A lead, and what the denial of its package names to be used instead. */
export type ExplainedLead = ResolvedLead & { readonly substitute: Substitute | null };

/** The steps from an origin to what was decided. */
export function stepsOf(
  { origin, judged: packageStatus, substitute }: ExplainedLead,
  scope: Scope,
  options: AnalysisOptions,
): Step[] {
  if (!packageStatus)
    return [{ text: whereTo(origin), file: origin.kind === 'local' ? origin.file : null, line: null }];
  const first = origin.kind === 'package' ? origin.package : packageStatus.package;
  const settles = packageLabel(packageStatus.package);
  const alternativeCount = origin.kind === 'package' ? origin.alternatives.length : 0;
  const leads =
    packageLabel(first) === settles
      ? plain(`it leads to the package ${settles}`)
      : plain(
          `${String(alternativeCount + 1)} packages provide it, and ${settles} is the one that counts here`,
        );
  // What was decided about the package does not matter: the step before says that it has no such module.
  if (origin.kind === 'package' && origin.provides && packageStatus.status.kind !== 'denied') return [leads];
  return [leads, ...statusSteps({ ...packageStatus, substitute }, scope, options)];
}

/** What approves types does not approve what runs: `@types/estree` lets `import type` of `estree` pass. */
export function typeOnlySteps(leads: readonly ResolvedLead[]): Step[] {
  return leads.flatMap(({ judged: packageStatus }) =>
    packageStatus && !isUndecided(packageStatus.status)
      ? [
          plain(
            `an import of types alone leads to ${packageLabel(packageStatus.package)}, which is ${packageStatus.status.kind}`,
          ),
        ]
      : [],
  );
}

function whereTo(origin: Origin): string {
  switch (origin.kind) {
    case 'builtin':
      return `${origin.host} has it built in: no approval is needed`;
    case 'local':
      return 'it is the project’s own: no approval is needed';
    case 'ambient':
      return `${origin.host} provides it: no approval is needed`;
    case 'missing':
      return `${origin.module.path} is not a file of the project: see the rule missing-module`;
    case 'unknown':
      return `its target is unknown: ${origin.reason}`;
    case 'package':
      return `it leads to the package ${packageLabel(origin.package)}`;
  }
}

function statusSteps(
  { package: subject, status, substitute }: PackageStatus & { readonly substitute: Substitute | null },
  { trustedBases: trust }: Scope,
  { policy }: AnalysisOptions,
): Step[] {
  const state = trust.map(({ label }) => label).join(' and ');
  switch (status.kind) {
    case 'approved':
      return [entryStep('approved', status.entry)];
    case 'baseline':
      return [entryStep('in the baseline: in use since before the whitelist', status.entry)];
    case 'denied':
      return [entryStep('denied', status.entry, substitute)];
    case 'expired':
      return [entryStep('its approval has expired: approved', status.entry)];
    case 'declared':
      return [
        { text: `a manifest of ${state} declares it`, ...status.at },
        ...(policy.trustIn(subject.ecosystem) === 'whitelist'
          ? [{ text: 'the whitelist has no decision about it', file: policy.whitelistFile, line: null }]
          : [plain('manifests approve here: the whitelist is not the authority')]),
      ];
    case 'in-use':
    case 'unapproved':
      return [
        ...(status.kind === 'in-use'
          ? [{ text: `a program of ${state} uses it already`, ...status.at }]
          : []),
        ...(status.requested ? [entryStep('its approval is requested', status.requested)] : []),
        policy.whitelist.exists
          ? { text: 'the whitelist has no decision about it', file: policy.whitelistFile, line: null }
          : plain(`there is no whitelist (${policy.whitelistFile})`),
        plain(`no manifest of ${state} declares it`),
      ];
  }
}

/** What a person wrote down: `approved by Ada L <ada@example.org> on 2026-11-23: arrays`. */
function entryStep(what: string, entry: Entry, substitute: Substitute | null = null): Step {
  const { name, by, date, expires, source, requestedBy, file, line } = entry;
  const reason = reasonText(entry);
  const parts = [
    what,
    name.endsWith('/*') ? `as part of ${name}` : null,
    by && `by ${by}`,
    date && `on ${date}`,
    expires && `until ${expires}`,
    substitute && `(${substituteText(substitute)})`,
    source && `from ${source}`,
    requestedBy && `(asked for by ${requestedBy})`,
  ].filter((part) => part !== null && part !== '');
  return { text: `${parts.join(' ')}${reason ? `: ${reason}` : ''}`, file, line };
}

function plain(text: string): Step {
  return { text, file: null, line: null };
}
