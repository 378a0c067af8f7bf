import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise, type ManifestBuilder } from '../../shared/manifest-builder.ts';
import { addDependency } from './npm-dependencies.ts';

const CALL = /\b(?:Npm|Cordova)\s*\.\s*(?:depends|devDepends)\s*\(\s*\{/g;

/** A comment, a name with a literal value, the end of the table, anything else. */
const PART =
  /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/|(?:"([^"\n]+)"|'([^'\n]+)'|([\w$]+))\s*:\s*(?:"([^"\n]*)"|'([^'\n]*)')|(\})|[^]/y;

/**
 * Reads the packages that a package of Meteor takes from npm
 * (https://docs.meteor.com/api/packagejs.html#Npm-depends). Other programs of that name declare nothing.
 */
export function read(text: string): Promise<ManifestContents> {
  const draft = newManifest();
  const call = new RegExp(CALL);
  for (let match = call.exec(text); match !== null; match = call.exec(text)) {
    call.lastIndex = addPackages(draft, text, call.lastIndex);
  }
  return Promise.resolve(normalise(draft));
}

/** @returns The offset behind the table that starts at an offset. */
function addPackages(draft: ManifestBuilder, text: string, from: number): number {
  const part = new RegExp(PART);
  part.lastIndex = from;
  for (let match = part.exec(text); match !== null; match = part.exec(text)) {
    if (match[6] !== undefined) return part.lastIndex;
    const specifier = match[1] ?? match[2] ?? match[3];
    if (specifier === undefined) continue;
    const start = match.index + (match[3] === undefined ? 1 : 0);
    const span = { start, end: start + specifier.length };
    addDependency(draft, { specifier, value: match[4] ?? match[5] ?? '', span, optional: false });
  }
  draft.broken.push({ message: 'the table has no end', offset: from - 1 });
  return text.length;
}
