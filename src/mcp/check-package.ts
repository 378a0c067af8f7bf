import type { CallToolResult } from '@modelcontextprotocol/server';
import type { InferOutput } from 'valibot';
import { commandAt } from '../app/command-at.ts';
import { nameVerdicts, type NameVerdict } from '../app/package-verdicts.ts';
import { packageLabel } from '../model/package.ts';
import { entryOf } from '../model/status.ts';
import { faultData } from '../reporters/json.ts';
import { answer } from './answers.ts';
import { isRequestedIn, packageAdvice } from './package-advice.ts';
import { decisionData, evidenceData } from './quotations.ts';
import type { checkPackageInput } from './schemas.ts';
import { openPolicy, type Session } from './session.ts';

/** More than this help nobody. */
const MOST_SUGGESTIONS = 4;

/** Says what the policy says of packages, or of what programs import, before anything is written. */
export async function checkPackage(
  { packages, import: isImport = false }: InferOutput<typeof checkPackageInput>,
  session: Session,
): Promise<CallToolResult> {
  const { location, context, project } = await openPolicy(session);
  try {
    const origin = { context, location, offline: session.offline, caller: 'person' } as const;
    const { verdicts, faults } = await nameVerdicts(packages, { isImport, origin }, project);
    const command = await commandAt(project.policyFiles, location.root, context);
    return answer({
      packages: verdicts.map((verdict) => verdictData(verdict, command)),
      faults: faults.map(faultData),
    });
  } finally {
    project.close();
  }
}

function verdictData(verdict: NameVerdict, command: string) {
  const { question } = verdict;
  const { name } = question;
  const next = packageAdvice(verdict, command);
  if (verdict.verdict === 'invalid') {
    const nothing = {
      package: null,
      status: null,
      approval: null,
      grade: null,
      evidence: [],
      suggestions: [],
    };
    return { name, ecosystem: question.ecosystem ?? null, verdict: verdict.verdict, ...nothing, next };
  }
  const { card } = verdict;
  const { ecosystem, judged: packageStatus, grade, evidence, suggestions } = card;
  const entry = packageStatus === null ? null : entryOf(packageStatus.status);
  return {
    name,
    ecosystem,
    package: packageStatus && packageLabel(packageStatus.package),
    verdict: verdict.verdict,
    status: packageStatus?.status.kind ?? null,
    requested: isRequestedIn(card, verdict.uncommitted),
    // The words of a request are those of whoever wants the package.
    approval: entry === null || entry.kind === 'requested' ? null : decisionData(entry),
    grade,
    evidence: evidence.map(evidenceData),
    suggestions: suggestions
      .slice(0, MOST_SUGGESTIONS)
      .map((meant) => ({ ...meant, package: packageLabel(meant.package) })),
    next,
  };
}
