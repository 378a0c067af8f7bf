import type { CommandWord } from '../../../model/command.ts';
import { certainLength, partOfWord, spanOfWord } from '../../../shell/word.ts';
import type { ReadingBuilder } from '../../shared/command-reading.ts';
import { withoutCredentials } from '../../shared/source-location.ts';
import { golang } from '../names.ts';

/** Where modules come from anyway, and what is no address. */
const USUAL = /^(?:https:\/\/proxy\.golang\.org\/?|direct|off|noproxy|)$/;

/** Adds the proxies of a list as a `GOPROXY` holds it: each takes the place of the usual one for some modules. */
export function addProxies(builder: ReadingBuilder, list: CommandWord): void {
  const words = list.text.split(/[,|]/);
  if (words[0]?.trim() === 'off') builder.noIndex = true;
  let start = 0;
  for (const text of words) {
    const word = partOfWord(list, start, start + text.length);
    start += text.length + 1;
    if (!USUAL.test(text.trim())) addProxy(builder, word);
  }
}

function addProxy(builder: ReadingBuilder, word: CommandWord): void {
  const value = word.text.trim();
  if (builder.index === null) builder.index = value;
  else builder.extra.push(value);
  if (word.dynamic.length > 0 && !/^https?:\/\/[^/]/.test(word.text.slice(0, certainLength(word)))) {
    builder.addUnclear(word);
    return;
  }
  const address = withoutCredentials(value);
  const registry = { address, use: { kind: 'all' } } as const;
  const line = { what: 'a module proxy', value: address, span: spanOfWord(word), registry };
  builder.addUnclear(word, { kind: 'registry', ecosystem: golang.id, registry: line });
}
