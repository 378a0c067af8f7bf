import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { textNode } from '../../../documents/document.ts';
import { addModuleLine } from './modules-asked-for.ts';

/**
 * Reads the description of an add-on of Kodi: the modules of Python that it imports, `script.module.requests`, by the name
 * that all of them end with (https://kodi.wiki/view/Addon.xml#requires, https://kodi.wiki/view/Python_libraries).
 */
export function read(text: string): Promise<ManifestContents> {
  const elements = text.replace(/<!--[^]*?(?:-->|$)/g, (comment) => ' '.repeat(comment.length));
  const start = elements.search(/<addon\b/);
  const isOpen = start >= 0 && !/<\/addon\s*>/.test(elements);
  const draft = newManifest(isOpen ? [{ message: '<addon> is never closed', offset: start }] : []);
  for (const { 0: element, index } of elements.matchAll(/<import\b[^<>]*>/g)) {
    const [attribute, , name = ''] = MODULE.exec(element) ?? [];
    if (attribute === undefined) continue;
    const end = index + element.indexOf(attribute) + attribute.length - 1;
    const isOptional = /\boptional\s*=\s*["']true["']/.test(element);
    addModuleLine(draft, textNode(text, { start: end - name.length, end }), isOptional);
  }
  return Promise.resolve(normalise(draft));
}

const MODULE = /\baddon\s*=\s*(["'])script\.module\.([\w.-]+)\1/;
