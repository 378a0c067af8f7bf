import type { ManifestContents } from '../../../model/manifest.ts';
import type { Node } from '../../../documents/document.ts';
import { textNode } from '../../../documents/document.ts';
import { readTomlOrTemplate } from '../../../documents/toml.ts';
import { contentsOf } from './pyproject.ts';

/** Reads hatch.toml, the table `tool.hatch` of pyproject.toml in a file of its own (https://hatch.pypa.io/latest/intro/#configuration). */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readTomlOrTemplate(text);
  return contentsOf({ root: root && within('tool', within('hatch', root)), broken });
}

/** @returns A table whose only key leads to a value. */
export function within(key: string, value: Node): Node {
  const { at, span } = value;
  return { kind: 'table', entries: [{ key: textNode(key, span, key), value }], at, span };
}
