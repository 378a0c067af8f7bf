import type { ManifestFlaw } from '../../../model/manifest.ts';
import { encodingKind } from '../../../text/encodings.ts';

/**
 * pip decodes a list by its byte order mark, else by what a comment in one of its first two lines declares, else as UTF-8
 * (`auto_decode` of https://github.com/pypa/pip/blob/23.0.1/src/pip/_internal/utils/encoding.py, `_decode_req_file` of
 * later versions). Other than in a program (PEP 263), `#` is the first character of that line, which ends with a line feed.
 *
 * @param text Read as UTF-8, or as UTF-16 by its mark.
 * @returns Why pip may read other lines than stand in the text; undefined where they are the same.
 */
export function encodingFlaw(text: string): ManifestFlaw | undefined {
  if (text.includes('\0')) return flaw('it holds null bytes, as UTF-16 does', 0);
  let offset = 0;
  for (const line of text.split('\n', 2)) {
    const declaration = line.startsWith('#') ? /coding[:=]\s*([-\w.]+)/.exec(line) : null;
    if (declaration) return declaredFlaw(declaration[1] ?? '', text, offset + declaration.index);
    offset += line.length + 1;
  }
  return undefined;
}

/** What is ASCII throughout is the same text in every encoding that extends it. */
function declaredFlaw(name: string, text: string, offset: number): ReturnType<typeof encodingFlaw> {
  const { kind } = encodingKind(name);
  if (kind === 'same' || (kind === 'decodable' && /^[\0-\x7f]*$/.test(text))) return undefined;
  return flaw(`it declares the encoding ${name}, in which pip may find other lines than stand here`, offset);
}

function flaw(message: string, offset: number): ManifestFlaw {
  return { message, offset, next: 'Save it as UTF-8', isUnread: true };
}
