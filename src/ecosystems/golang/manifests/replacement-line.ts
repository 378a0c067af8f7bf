import type { Dependency } from '../../../model/manifest.ts';
import { foldersFromHere, foreign, pathSource } from '../../shared/source-location.ts';
import type { Replacement } from '../mod-file.ts';
import { golang } from '../names.ts';

/**
 * What a `replace` line asks for. Another module in the place of the first is an alias: programs import it by the path of
 * the one that it replaces. A folder is code of whoever owns that.
 */
export function replacementLine({
  path,
  target,
  targetVersion,
}: Pick<Replacement, 'path' | 'target' | 'targetVersion'>): Dependency {
  const common = { ecosystem: golang.id, specifier: path.text, span: path.span, optional: false };
  if (targetVersion === null)
    return { ...common, name: path.text, source: pathSource(target.text, foldersFromHere(target.text)) };
  const name = target.text;
  // The same module in another version is no other module.
  if (name === path.text) return { ...common, name, source: { kind: 'registry' }, version: targetVersion };
  const source = foreign('another module', name);
  return { ...common, name, source, version: targetVersion };
}
