import { parentPort } from 'node:worker_threads';
import { languages } from '../languages/index.ts';
import { parserHost } from '../references/parsers.ts';
import type { ParseRequest, ParseResponse } from './parser-pool.ts';

const parse = parserHost();

parentPort?.on('message', (request: ParseRequest) => {
  void answer(request).then((response) => parentPort?.postMessage(response));
});

async function answer({ id, language, source }: ParseRequest): Promise<ParseResponse> {
  const found = languages.find((candidate) => candidate.id === language);
  if (!found) return { id, error: new Error(`there is no language called ${language}`) };
  try {
    return { id, parsed: await parse(found, source) };
  } catch (error) {
    return { id, error };
  }
}
