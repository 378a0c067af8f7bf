import type { Explanation, ExplanationCard } from '../model/explanation.ts';
import { packageLabel, purl } from '../model/package.ts';
import type { Step } from '../model/reference.ts';
import { jsonText, escapeForLog } from '../text/escape.ts';
import { evidenceData, suggestionData } from './json.ts';
import { evidenceText, suggestedName } from './words.ts';

/** @returns What `explain NAME` prints for people. */
export function explainText(card: ExplanationCard): string {
  const { specifier, origin, judged: packageStatus, steps, grade, evidence, suggestions, next } = card;
  const leads = packageStatus
    ? `${packageLabel(packageStatus.package)} (${packageStatus.status.kind}${grade === null ? '' : `, ${grade}`})`
    : origin.kind;
  return [
    [`${escapeForLog(specifier)} → ${escapeForLog(leads)}`],
    steps.map((step, at) => `${String(at + 1).padStart(2)}. ${stepText(step)}`),
    section(
      'What is known',
      evidence.map((fact) => evidenceText(fact, escapeForLog)),
    ),
    section(
      'What may have been meant',
      suggestions.map((meant) => `${suggestedName(meant, null, escapeForLog)} – ${escapeForLog(meant.why)}`),
    ),
    section(
      'What would change it',
      next.map((command) => escapeForLog(command, 400)),
    ),
  ]
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function stepText({ text, file, line }: Step): string {
  const place = [file === null ? null : escapeForLog(file, 400), line]
    .filter((part) => part !== null)
    .join(':');
  return `${escapeForLog(text, 400)}${place === '' ? '' : `  [${place}]`}`;
}

/** @returns What `explain NAME --format json` prints; `schema/explain.schema.json` describes it. */
export function explainJson(explanation: Explanation): string {
  return `${jsonText(explainData(explanation))}\n`;
}

/** @returns An explanation as data. */
export function explainData({
  specifier,
  origin,
  judged: packageStatus,
  steps,
  evidence,
  suggestions,
}: Explanation) {
  return {
    specifier,
    origin: origin.kind,
    package: packageStatus && purl(packageStatus.package),
    status: packageStatus?.status.kind ?? null,
    steps: steps.map(({ text, file, line }) => ({ text, file, line })),
    evidence: evidence.map(evidenceData),
    suggestions: suggestions.map(suggestionData),
  };
}
