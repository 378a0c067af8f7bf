import type { Evidence, Suggestion } from '../model/evidence.ts';
import { purl } from '../model/package.ts';
import type { Origin, Step } from '../model/reference.ts';
import type { Judged } from '../model/standing.ts';
import { jsonText } from '../text/escape.ts';
import { evidenceData, suggestionData } from './json.ts';

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

/** @returns What `explain NAME --format json` prints; `schema/explain.schema.json` describes it. */
export function explainJson({
  specifier,
  origin,
  judged,
  steps,
  evidence,
  suggestions,
}: Explanation): string {
  const data = {
    specifier,
    origin: origin.kind,
    package: judged && purl(judged.package),
    standing: judged?.standing.kind ?? null,
    steps: steps.map(({ text, file, line }) => ({ text, file, line })),
    evidence: evidence.map(evidenceData),
    suggestions: suggestions.map(suggestionData),
  };
  return `${jsonText(data)}\n`;
}
