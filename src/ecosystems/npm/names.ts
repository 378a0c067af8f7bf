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
  canonical: (text) => text,
  grammar: () => ({ name, longestName, scope: /^@[A-Za-z0-9~-][A-Za-z0-9._~-]*$/, module: name }),
  valid: (text) => text.length <= longestName && name.test(text),
  aliases: true,
  scopeOf: (text) => /^(@[^/]+)\//.exec(text)?.[1] ?? null,
};

/** @returns The npm name under which JSR serves a package, or '' for no scoped name: https://jsr.io/docs/npm-compatibility */
export function npmNameOfJsr(name: string): string {
  const [, scope, unscopedName] = /^@([^/]+)\/([^/]+)/.exec(name) ?? [];
  return scope === undefined || unscopedName === undefined ? '' : `@jsr/${scope}__${unscopedName}`;
}
