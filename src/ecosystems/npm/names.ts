import type { EcosystemNames } from '../../model/ecosystem.ts';

/**
 * The npm registry. Names compare exactly. The grammar is that of names which can be looked up, so it
 * includes old packages with capitals (https://github.com/npm/validate-npm-package-name, "legacy" names).
 */
export const npm: EcosystemNames = {
  id: 'npm',
  title: 'npm',
  canonical: (name) => name,
  valid: (name) =>
    name.length <= 214 && /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i.test(name),
  aliases: true,
  scopeOf: (name) => /^(@[^/]+)\//.exec(name)?.[1] ?? null,
};

/** @returns The npm name under which JSR serves a package, or '' for no scoped name: https://jsr.io/docs/npm-compatibility */
export function npmNameOfJsr(name: string): string {
  const [, scope, unscopedName] = /^@([^/]+)\/([^/]+)/.exec(name) ?? [];
  return scope === undefined || unscopedName === undefined ? '' : `@jsr/${scope}__${unscopedName}`;
}
