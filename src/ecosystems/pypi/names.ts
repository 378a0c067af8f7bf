import type { EcosystemNames } from '../../model/ecosystem.ts';

/**
 * The Python Package Index. Names compare after PEP 503 normalisation; their grammar is that of
 * https://packaging.python.org/en/latest/specifications/name-normalization/.
 */
export const pypi: EcosystemNames = {
  id: 'pypi',
  title: 'PyPI',
  canonical: (name) => name.replace(/[-_.]+/g, '-').toLowerCase(),
  valid: (name) => name.length <= 214 && /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i.test(name),
  aliases: false,
  scopeOf: () => null,
};
