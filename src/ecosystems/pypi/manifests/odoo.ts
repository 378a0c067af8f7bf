import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addModuleLine } from './modules-asked-for.ts';
import { readPythonLiterals } from './python-literals.ts';
import { textsIn } from './python-strings.ts';

/**
 * Reads the manifest of an add-on of Odoo: of its `external_dependencies` the entry `python`, which names distributions,
 * and in older versions modules
 * (https://www.odoo.com/documentation/18.0/developer/reference/backend/module.html#reference-module-manifest).
 * `depends` names add-ons, which Odoo provides under `odoo.addons`.
 */
export function read(text: string): Promise<ManifestContents> {
  const { found: literals, broken } = readPythonLiterals(text, new Set(['python']));
  const draft = newManifest(broken);
  for (const line of textsIn(literals.get('python') ?? [])) addModuleLine(draft, line);
  return Promise.resolve(normalise(draft));
}
