import type { EcosystemNames } from '../../model/ecosystem.ts';

/**
 * A module path that can be fetched: a host with a dot, in small letters, and path elements that neither begin nor end
 * with a dot (golang.org/x/mod/module, `CheckPath`).
 */
const name = /^(?!-)[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/(?!\.)[A-Za-z0-9._~-]*[A-Za-z0-9_~-])*$/;
/** Paths have no bound of their own; this is what hosts take of an address. */
const longestName = 2048;

/** Go modules. Paths compare exactly: https://go.dev/ref/mod#module-path */
export const golang: EcosystemNames = {
  id: 'golang',
  // Where people look modules up; it lists what the public proxy has.
  title: 'pkg.go.dev',
  words: {
    kind: 'path of a Go module',
    form: 'Write the whole path as go.mod has it, with its host, and without “https://” or a version: github.com/acme/tool.',
  },
  canonical: (text) => text,
  grammar: () => ({
    name,
    longestName,
    scope: /^[a-z0-9.-]+\/[A-Za-z0-9._~-]+$/,
    exampleScope: 'github.com/acme',
    module: name,
  }),
  valid: (text) => text.length <= longestName && name.test(text),
  aliases: true,
  // Whoever has `github.com/acme` has all below it.
  scopeOf: (text) => /^([^/][^./]*\.[^/]+\/[^/]+)\/./.exec(text)?.[1] ?? null,
};
