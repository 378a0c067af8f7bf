import type { EcosystemNames } from '../../model/ecosystem.ts';

/**
 * Of names which can be looked up, so it includes old packages with capitals
 * (https://github.com/npm/validate-npm-package-name, "legacy" names).
 */
const name = /^(?:@[A-Za-z0-9~-][A-Za-z0-9._~-]*\/)?[A-Za-z0-9~-][A-Za-z0-9._~-]*$/;
const longestName = 214;

/** The npm registry. Names compare exactly. */
export const npm: EcosystemNames = {
  id: 'npm',
  title: 'npm',
  words: {
    kind: 'npm package name',
    form: 'Write the name of the package alone, not of a module or file in it, and without a version.',
  },
  canonical: (text) => text,
  grammar: () => ({
    name,
    longestName,
    scope: /^@[A-Za-z0-9~-][A-Za-z0-9._~-]*$/,
    exampleScope: '@acme',
    module: name,
  }),
  valid: (text) => text.length <= longestName && name.test(text),
  aliases: true,
  scopeOf: (text) => /^(@[^/]+)\//.exec(text)?.[1] ?? null,
};

/** @returns The npm name under which JSR serves a package, or '' for no scoped name: https://jsr.io/docs/npm-compatibility */
export function npmNameOfJsr(name: string): string {
  const [, scope, unscopedName] = /^@([^/]+)\/([^/]+)/.exec(name) ?? [];
  return scope === undefined || unscopedName === undefined ? '' : `@jsr/${scope}__${unscopedName}`;
}

/**
 * The name in `name@range`, `@scope/name@range`; undefined for a range alone. Names may look like versions: npm serves
 * `7zip-min`, `v8` and `x`, so that a text without operators is a range only where it is a version as it is mostly written.
 */
export function nameBeforeVersion(spec: string): string | undefined {
  const at = spec.lastIndexOf('@');
  if (at > 0) return spec.slice(0, at);
  return RANGE.test(spec) ? undefined : spec;
}

/** `^1.2`, `>=1 <2`, `*` and nothing; `4`, `4.17.x`, `4.17.21` and `5.0.0-rc.1` (https://semver.org/#spec-item-9). */
const RANGE = /^[\^~<>=*|]|^$|\s|^\d+(?:\.(?:\d+|[x*])){0,2}$|^\d+\.\d+\.\d+-(?:[a-z]+[.-]?)?\d[\d.]*$/i;
