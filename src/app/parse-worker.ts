import { parentPort, workerData } from 'node:worker_threads';
import { languages } from '../languages/index.ts';
import type { ParseRequest, ParseResponse, ThreadData } from '../languages/shared/parse-thread.ts';
import { parserHost } from '../analysis/in-process-parsers.ts';

/** Parses texts for the thread that started this one. */
export function answerParent(keepCode: () => void): void {
  const parse = parserHost();
  const data: unknown = workerData;
  if (!isThreadData(data)) throw new TypeError('a thread was started without what it needs');
  const { keepsCode } = data;
  const answered = new Int32Array(data.answered);
  parentPort?.on('message', (request: ParseRequest) => {
    void answer(request, parse).then((response) => {
      // Whoever waits may end the process as soon as the answer is there.
      if (keepsCode) keepCode();
      Atomics.add(answered, 0, 1);
      parentPort?.postMessage(response);
    });
  });
}

function isThreadData(data: unknown): data is ThreadData {
  return typeof data === 'object' && data !== null && 'keepsCode' in data && 'answered' in data;
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
