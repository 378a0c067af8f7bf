import type { EcosystemNames } from '../../model/ecosystem.ts';

/** https://doc.rust-lang.org/cargo/reference/manifest.html#the-name-field, and the length that crates.io takes. */
const name = /^[A-Za-z][A-Za-z0-9_-]*$/;
const longestName = 64;

/** What a path in a program begins with; of all identifiers, only ASCII ones name crates (https://doc.rust-lang.org/reference/identifiers.html). */
const module = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Crates. Cargo demands a name exactly as its registry has it. */
export const cargo: EcosystemNames = {
  id: 'cargo',
  title: 'crates.io',
  words: {
    kind: 'name of a crate',
    form: 'Write the name of the crate as Cargo.toml has it, not a path in it, and without a version or features: serde_json.',
  },
  canonical: (text) => text,
  grammar: () => ({ name, longestName, scope: null, exampleScope: null, module }),
  valid: (text) => text.length <= longestName && name.test(text),
  aliases: true,
  scopeOf: () => null,
};
