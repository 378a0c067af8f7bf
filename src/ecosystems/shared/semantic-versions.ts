/** https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string, and the `v` of the go command. */
const version =
  /^v?(0|[1-9]\d{0,17})\.(0|[1-9]\d{0,17})\.(0|[1-9]\d{0,17})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/**
 * Chooses as the go command does for `@latest`, and Cargo for a new line: the highest release, and where there is none the
 * highest version before one (https://go.dev/ref/mod#version-queries).
 *
 * @param versions Whole versions.
 * @returns The version that people get who ask for none; null where there is none.
 */
export function latestOf(versions: readonly string[]): string | null {
  const releases = versions.filter((text) => !isPrerelease(text));
  const candidates = releases.length > 0 ? releases : versions;
  return candidates.toSorted(compareVersions).at(-1) ?? null;
}

function isPrerelease(text: string): boolean {
  return version.exec(text)?.[4] !== undefined;
}

/** By https://semver.org/#spec-item-11; what stands behind `+` says nothing. */
function compareVersions(left: string, right: string): number {
  const [, ...leftParts] = version.exec(left) ?? [];
  const [, ...rightParts] = version.exec(right) ?? [];
  for (const at of [0, 1, 2]) {
    const order = Number(leftParts[at] ?? 0) - Number(rightParts[at] ?? 0);
    if (order !== 0) return order;
  }
  const [leftLabel, rightLabel] = [leftParts[3], rightParts[3]];
  if (leftLabel === undefined || rightLabel === undefined)
    return Number(leftLabel === undefined) - Number(rightLabel === undefined);
  return compareLabels(leftLabel.split('.'), rightLabel.split('.'));
}

function compareLabels(left: readonly string[], right: readonly string[]): number {
  for (const [at, word] of left.entries()) {
    const rightWord = right[at];
    if (rightWord === undefined) return 1;
    if (word === rightWord) continue;
    const [isNumber, isOtherNumber] = [/^\d+$/.test(word), /^\d+$/.test(rightWord)];
    if (isNumber && isOtherNumber) return Number(word) - Number(rightWord);
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
    return word < rightWord ? -1 : 1;
  }
  return left.length - right.length;
}
