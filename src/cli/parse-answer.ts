import { languages } from '../languages/index.ts';
import type { ParseRequest, ParseResponse } from '../languages/parse-thread.ts';
import { parserHost } from '../references/parsers.ts';

const parse = parserHost();

/** Parses a text for another thread. What is thrown is told there. */
export async function answer({ id, language, source }: ParseRequest): Promise<ParseResponse> {
  const found = languages.find((candidate) => candidate.id === language);
  if (!found) return { id, error: new Error(`there is no language called ${language}`) };
  try {
    return { id, parsed: await parse(found, source) };
  } catch (error) {
    return { id, error };
  }
}
