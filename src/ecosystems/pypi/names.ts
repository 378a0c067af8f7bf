import type { EcosystemNames } from '../../model/ecosystem.ts';

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
const name = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const longestName = 214;
/** Dotted identifiers. Tables of Unicode take longer to build than a whitelist takes to read, so it waits until asked. */
const module = () => /^[\p{L}\p{Nl}_][\p{L}\p{N}\p{M}_]*(?:\.[\p{L}\p{Nl}_][\p{L}\p{N}\p{M}_]*)*$/u;

/** The Python Package Index. Names compare after PEP 503 normalisation. */
export const pypi: EcosystemNames = {
  id: 'pypi',
  title: 'PyPI',
  words: {
    kind: 'PyPI package name',
    form: 'Write the name of the package alone, not of a module or file in it, and without a version or extras.',
  },
  canonical: (text) => text.replace(/[-_.]+/g, '-').toLowerCase(),
  grammar: () => ({ name, longestName, scope: null, exampleScope: null, module: module() }),
  valid: (text) => text.length <= longestName && name.test(text),
  aliases: false,
  scopeOf: () => null,
};
