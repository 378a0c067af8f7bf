import type { Evidence, Suggestion } from '../model/evidence.ts';
import { packageLabel, purl } from '../model/package.ts';
import type { Origin, Step } from '../model/reference.ts';
import type { PackageStatus } from '../model/status.ts';
import { jsonText, escapeForLog } from '../text/escape.ts';
import { evidenceData, suggestionData } from './json.ts';
import { evidenceText } from './words.ts';

/** How a specifier is resolved, and what is known about where it leads. */
export interface Explanation {
  readonly specifier: string;
  readonly origin: Origin;
  /** null where the origin is no package. */
  readonly judged: PackageStatus | null;
  readonly steps: readonly Step[];
  readonly evidence: readonly Evidence[];
  readonly suggestions: readonly Suggestion[];
}

/** An explanation with what people read besides. */
export interface ExplanationCard extends Explanation {
  /** The grade of an unapproved package. */
  readonly grade: string | null;
  /** Commands that would decide otherwise. */
  readonly next: readonly string[];
}

/** @returns What `explain NAME` prints for people. */
export function explainText(card: ExplanationCard): string {
  const { specifier, origin, judged, steps, grade, evidence, suggestions, next } = card;
  const leads = judged
    ? `${packageLabel(judged.package)} (${judged.status.kind}${grade === null ? '' : `, ${grade}`})`
    : origin.kind;
  return [
    [`${escapeForLog(specifier)} → ${escapeForLog(leads)}`],
    steps.map((step, at) => `${String(at + 1).padStart(2)}. ${stepText(step)}`),
    section(
      'What is known',
      evidence.map((one) => evidenceText(one, escapeForLog)),
    ),
    section(
      'What may have been meant',
      suggestions.map(({ package: meant, specifier: write, why }) => {
        const name = escapeForLog(packageLabel(meant));
        return `${escapeForLog(write)} (${name}) – ${escapeForLog(why)}`;
      }),
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
export function explainData({ specifier, origin, judged, steps, evidence, suggestions }: Explanation) {
  return {
    specifier,
    origin: origin.kind,
    package: judged && purl(judged.package),
    status: judged?.status.kind ?? null,
    steps: steps.map(({ text, file, line }) => ({ text, file, line })),
    evidence: evidence.map(evidenceData),
    suggestions: suggestions.map(suggestionData),
  };
}
