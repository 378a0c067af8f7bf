/** One thing that has to hold, and the sentence that is said where it does not: what is missing, and where to write it. */
export type Requirement = readonly [holds: boolean, sentence: string];

/** @returns The sentences of the requirements that do not hold, in their order. */
export function unmet(requirements: readonly Requirement[]): readonly string[] {
  return requirements.filter(([holds]) => !holds).map(([, sentence]) => sentence);
}

/** @returns The values that stand more than once, each once. */
export function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
