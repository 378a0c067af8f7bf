import { findEcosystem, packageOf } from '../ecosystems/index.ts';
import { parsePurl, type Package } from '../model/package.ts';
import type { Entry } from '../model/status.ts';

/**
 * @returns The package that a denial names to be used instead: `npm:undici` as `deny` writes it, a package URL, or a
 *   bare name, which belongs to the ecosystem of the denied package. null where the text names none.
 */
export function substituteNamed(
  text: string,
  { ecosystem: defaultEcosystem }: Pick<Entry, 'ecosystem'>,
): Package | null {
  const { ecosystem, name } = parsePurl(text) ??
    parseLabel(text) ?? { ecosystem: defaultEcosystem, name: text };
  return findEcosystem(ecosystem)?.valid(name) === true ? packageOf(ecosystem, name) : null;
}

function parseLabel(text: string): Package | null {
  const [, ecosystem, name] = /^([a-z][a-z0-9.+-]*):(.+)$/.exec(text) ?? [];
  return ecosystem === undefined || name === undefined ? null : { ecosystem, name };
}
