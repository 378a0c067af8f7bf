/** The package ships no types. */
declare module 'semver/functions/satisfies.js' {
  export default function satisfies(
    version: string,
    range: string,
    options: { readonly includePrerelease: boolean },
  ): boolean;
}
