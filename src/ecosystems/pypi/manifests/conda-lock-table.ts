import { foreign, withoutFragment } from '../../shared/source-location.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import type { Entry, Node } from '../../../documents/document.ts';
import { entriesAt, select, textsAt } from '../../../documents/document.ts';
import { addChannel, addConda, channelSource } from './conda.ts';
import { addIndexNode, addNamed, EXTRA_INDEX } from './python-dependencies.ts';

/**
 * Adds the table in which conda-lock is told what to lock: names with versions, or with tables that say where a package comes
 * from (https://conda.github.io/conda-lock/src_pyproject/, read on 2026-11-30).
 */
export function addCondaLock(draft: ManifestBuilder, root: Node | undefined): void {
  for (const tool of select(root, 'tool', 'conda-lock')) {
    for (const entry of entriesAt(tool, 'dependencies')) addEntry(draft, entry);
    for (const channel of textsAt(tool, 'channels')) addChannel(draft, channel);
    for (const url of textsAt(tool, 'pip-repositories')) addIndexNode(draft, EXTRA_INDEX, url);
  }
}

function addEntry(draft: ManifestBuilder, { key, value }: Entry): void {
  if (key.value === '' || key.value.toLowerCase() === 'python') return;
  const [url] = textsAt(value, 'url');
  const [channel] = textsAt(value, 'channel');
  if (url !== undefined)
    addNamed(draft, key, { source: foreign('a URL', withoutFragment(url.value)), optional: false });
  else if (textsAt(value, 'source').some(({ value: kind }) => kind === 'pypi'))
    addNamed(draft, key, { source: { kind: 'registry' }, optional: false });
  else addConda(draft, { name: key.value, span: key.span, source: channelSource(channel?.value) });
}
