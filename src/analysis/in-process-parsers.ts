import type { Language, Parser } from '../model/language.ts';
import type { ReferenceParser } from './parse-references.ts';

/** Parses in this process. Each language's parser is loaded once, when its first file needs it. */
export function parserHost(): ReferenceParser['parse'] {
  const parsers = new Map<Language, Promise<Parser>>();
  return async (language, source) => {
    const parser = parsers.get(language) ?? language.parser();
    parsers.set(language, parser);
    return (await parser).parse(source);
  };
}
