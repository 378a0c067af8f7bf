import { encodingKind } from '../../text/encodings.ts';

/** A comment in line 1, or in line 2 behind a comment or an empty line, that declares an encoding (PEP 263). The first one counts. */
const declaration =
  /^\ufeff?(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n))??[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)/;

/**
 * @param text Of a file, read as UTF-8: what declares the encoding is ASCII.
 * @returns The label in the Encoding Standard of the encoding that a program declares (PEP 263), where the file read as UTF-8
 *   may show another program; undefined where it shows the same one, or nothing here decodes it.
 */
export function declaredEncoding(text: string): string | undefined {
  const name = declaredName(text);
  const encoding = name === undefined ? undefined : encodingKind(name);
  return encoding?.kind === 'decodable' ? encoding.label : undefined;
}

/**
 * @returns The name of the encoding that a file declares (PEP 263) if reading it as this tool does may show another program
 *   than CPython runs, else undefined.
 */
export function foreignEncoding(text: string): string | undefined {
  const name = declaredName(text);
  return name !== undefined && encodingKind(name).kind === 'unknown' ? name : undefined;
}

function declaredName(text: string): string | undefined {
  return declaration.exec(text)?.[1];
}
