/** The parts of a version that order it. Local parts (`+cu118`) tell builds of one version apart and are left out. */
interface Version {
  readonly epoch: number;
  readonly release: readonly number[];
  /** From the earliest to the latest: development releases, pre-releases, the final one, post-releases. */
  readonly stage: readonly number[];
}

/** https://packaging.python.org/en/latest/specifications/version-specifiers/, after normalisation. */
const pattern =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|alpha|b|beta|c|rc|pre|preview)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?(?:[-_.]?dev[-_.]?(\d*))?(?:\+.*)?$/i;

/** @returns Below 0 where the left version is the earlier one. What is no version comes before all that are. */
export function compareVersions(left: string, right: string): number {
  const [first, second] = [versionOf(left), versionOf(right)];
  if (first === null || second === null) return Number(first !== null) - Number(second !== null);
  return (
    first.epoch - second.epoch ||
    compareParts(first.release, second.release) ||
    compareParts(first.stage, second.stage)
  );
}

/** @returns Whether two texts are one build of one version: `3` and `3.0.0`, and not `2.1+cpu` and `2.1`. */
export function isSameVersion(left: string, right: string): boolean {
  if (left === right) return true;
  const isVersion = versionOf(left) !== null && versionOf(right) !== null;
  return isVersion && compareVersions(left, right) === 0 && localPart(left) === localPart(right);
}

function localPart(version: string): string {
  return version
    .replace(/^[^+]*/, '')
    .toLowerCase()
    .replace(/[-_]/g, '.');
}

/** @returns The highest of some versions; null where there is none. */
export function highest(versions: readonly string[]): string | null {
  return (
    versions
      .filter((version) => pattern.test(version))
      .toSorted(compareVersions)
      .at(-1) ?? null
  );
}

/** @returns Whether people who ask for no particular version may get it: it is neither a pre-release nor in development. */
export function isFinal(version: string): boolean {
  const match = pattern.exec(version);
  return match !== null && match[3] === undefined && match[7] === undefined;
}

const letters = new Map([
  ['a', 0],
  ['alpha', 0],
  ['b', 1],
  ['beta', 1],
]);
const FINAL = 3;

function versionOf(text: string): Version | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, epoch, release = '', letter, pre, implicitPost, post, development] = match;
  const isDevelopmentAlone =
    development !== undefined && letter === undefined && post === undefined && implicitPost === undefined;
  const kind =
    letter === undefined ? (isDevelopmentAlone ? -1 : FINAL) : (letters.get(letter.toLowerCase()) ?? 2);
  return {
    epoch: Number(epoch ?? 0),
    release: release.split('.').map(Number),
    stage: [
      kind,
      Number(pre ?? 0),
      implicitPost === undefined && post === undefined ? -1 : Number(implicitPost ?? post),
      development === undefined ? Number.POSITIVE_INFINITY : Number(development),
    ],
  };
}

function compareParts(left: readonly number[], right: readonly number[]): number {
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [first = 0, second = 0] = [left[at], right[at]];
    if (first !== second) return first < second ? -1 : 1;
  }
  return 0;
}
