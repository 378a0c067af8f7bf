/** @returns The npm name under which JSR serves a package, or '' for no scoped name: https://jsr.io/docs/npm-compatibility */
export function npmNameOfJsr(name: string): string {
  const [, scope, rest] = /^@([^/]+)\/([^/]+)/.exec(name) ?? [];
  return scope === undefined || rest === undefined ? '' : `@jsr/${scope}__${rest}`;
}
