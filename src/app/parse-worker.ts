import { parentPort, workerData } from 'node:worker_threads';
import { languages } from '../languages/index.ts';
import type { ParseRequest, ParseResponse } from '../languages/shared/parse-thread.ts';
import { parserHost } from '../analysis/in-process-parsers.ts';

/** Parses texts for the thread that started this one, which says by `workerData` whether to keep what is compiled. */
export function answerParent(keepCode: () => void): void {
  const parse = parserHost();
  parentPort?.on('message', (request: ParseRequest) => {
    void answer(request, parse).then((response) => {
      // Whoever waits may end the process as soon as the answer is there.
      if (workerData === 'keeps code') keepCode();
      parentPort?.postMessage(response);
    });
  });
}

/** What is thrown is told where it was asked. */
async function answer(
  { id, language, source }: ParseRequest,
  parse: ReturnType<typeof parserHost>,
): Promise<ParseResponse> {
  const languageById = languages.find((candidate) => candidate.id === language);
  if (!languageById) return { id, error: new Error(`there is no language called ${language}`) };
  try {
    return { id, parsed: await parse(languageById, source) };
  } catch (error) {
    return { id, error };
  }
}
