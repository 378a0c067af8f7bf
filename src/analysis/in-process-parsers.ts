import type { Language, Parser } from '../model/language.ts';
import type { ReferenceParser } from './parse-references.ts';

/**
 * Parses in this process. Each language's parser is loaded once, when its first file needs it.
 *
 * @param elsewhere Takes what this thread does not carry. Left out: the parser finds a place for it.
 */
export function parserHost(elsewhere?: ReferenceParser['parse']): ReferenceParser['parse'] {
  const parsers = new Map<Language, Promise<Parser>>();
  return async (language, source) => {
    const loading = parsers.get(language) ?? language.parser();
    parsers.set(language, loading);
    const parser = await loading;
    if (elsewhere === undefined || parser.parseHere === undefined) return parser.parse(source);
    return parser.parseHere(source) ?? elsewhere(language, source);
  };
}
