import { partSpan, type TextNode } from '../../../documents/document.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';

/**
 * Adds the files that a list with commas names.
 *
 * @param from Where in the text's value the list begins.
 */
export function addIncludes(draft: ManifestBuilder, list: TextNode, from = 0): void {
  for (const { 0: name, index } of list.value.slice(from).matchAll(/[^\s,](?:[^,]*[^\s,])?/g)) {
    const start = from + index;
    draft.includes.push({ path: name, span: partSpan(list, { start, end: start + name.length }) });
  }
}
