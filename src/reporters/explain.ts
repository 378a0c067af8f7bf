import type { Evidence, Suggestion } from '../model/evidence.ts';
import { display, purl } from '../model/package.ts';
import type { Origin, Step } from '../model/reference.ts';
import type { Judged } from '../model/status.ts';
import { jsonText, logText } from '../text/escape.ts';
import { evidenceData, suggestionData } from './json.ts';
import { evidenceText } from './words.ts';

/** How a specifier is resolved, and what is known about where it leads. */
export interface Explanation {
  readonly specifier: string;
  readonly origin: Origin;
  /** null where the origin is no package. */
  readonly judged: Judged | null;
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
    ? `${display(judged.package)} (${judged.standing.kind}${grade === null ? '' : `, ${grade}`})`
    : origin.kind;
  return [
    [`${logText(specifier)} → ${logText(leads)}`],
    steps.map((step, at) => `${String(at + 1).padStart(2)}. ${stepText(step)}`),
    section(
      'What is known',
      evidence.map((one) => evidenceText(one, logText)),
    ),
    section(
      'What may have been meant',
      suggestions.map(({ package: meant, specifier: write, why }) => {
        const name = logText(display(meant));
        return `${logText(write)} (${name}) – ${logText(why)}`;
      }),
    ),
    section(
      'What would change it',
      next.map((command) => logText(command, 400)),
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
  const place = [file === null ? null : logText(file, 400), line].filter((part) => part !== null).join(':');
  return `${logText(text, 400)}${place === '' ? '' : `  [${place}]`}`;
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
    standing: judged?.standing.kind ?? null,
    steps: steps.map(({ text, file, line }) => ({ text, file, line })),
    evidence: evidence.map(evidenceData),
    suggestions: suggestions.map(suggestionData),
  };
}
