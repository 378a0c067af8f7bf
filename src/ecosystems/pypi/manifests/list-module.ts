import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addSetuptoolsLine, PLAIN } from './python-dependencies.ts';
import { filesRead } from './files-read.ts';
import { readPythonVariables } from './python-literals.ts';
import { otherWordsIn, textsIn } from './python-strings.ts';
import { linesOf } from '../../../documents/document.ts';

/**
 * Reads the lists that a setup.py imports from a program beside it: those of variables whose names say that they hold
 * requirements, and of the files that it computes them from. What a list holds besides is left to those who read the program.
 */
export function read(text: string): Promise<ManifestContents> {
  const { found: variables } = readPythonVariables(text);
  const draft = newManifest();
  let isComputed = false;
  for (const [name, strings] of variables) {
    if (!REQUIREMENTS.test(name)) continue;
    for (const line of textsIn(strings).flatMap(linesOf)) addSetuptoolsLine(draft, line, PLAIN);
    isComputed ||= otherWordsIn(strings).size > 0;
  }
  if (isComputed) for (const file of filesRead(text, new Set())) draft.includes.push(file);
  return Promise.resolve(normalise({ ...draft, broken: [] }));
}

const REQUIREMENTS = /req|dep|install|pack|extra/i;
