import { doubt, type Candidate } from './candidate.ts';
import { isHarmless } from './harmless.ts';
import type { Reader } from './reader.ts';
import { OWN_URL, pathOfUrl, URL_TAKERS } from './url-paths.ts';

const TAKER = new RegExp(`(?<![\\w$])(?:${URL_TAKERS.join('|')})(?![\\w$])`, 'g');

/** What stands between the name of what takes a URL and the literal in that. */
const OPENING = ['(', 'new', 'URL', '('];

/** What a program runs by a URL that starts from its own folder: `new Worker(new URL("./x", import.meta.url))`. */
export function* urlCandidates(reader: Reader): Generator<Candidate> {
  if (!reader.text.includes(OWN_URL)) return;
  for (const { 0: taker, index } of reader.text.matchAll(TAKER)) {
    const candidate = urlCandidate(reader, index, index + taker.length);
    if (candidate !== undefined && !isHarmless(reader, index, 'call')) yield candidate;
  }
}

function urlCandidate(reader: Reader, at: number, end: number): Candidate | undefined {
  const start = behind(reader, end, OPENING);
  if (start === undefined) return undefined;
  const literal = reader.literal(start);
  if (start < 0 || literal.kind === 'escaped') return doubt(at, 'a URL that only the parser can read');
  if (literal.kind === 'none') return undefined;
  const specifier = pathOfUrl(literal.specifier);
  const isOwn = behind(reader, literal.end, [',', OWN_URL]) !== undefined;
  return specifier !== undefined && isOwn
    ? { found: 'url', kind: 'dynamic', at, specifier, span: literal.span }
    : undefined;
}

/** @returns Where code goes on behind tokens in a row, -1 where a comment has no end; undefined where they do not stand there. */
function behind(reader: Reader, offset: number, tokens: readonly string[]): number | undefined {
  let next = reader.skipTrivia(offset);
  for (const token of tokens) {
    if (next < 0) return next;
    if (!reader.text.startsWith(token, next)) return undefined;
    next = reader.skipTrivia(next + token.length);
  }
  return next;
}
