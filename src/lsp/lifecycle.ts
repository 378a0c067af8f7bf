import { ErrorCodes, ResponseError } from 'vscode-languageserver';

/**
 * Which requests a server answers, by how far it is: the library for the protocol leaves that to servers
 * (https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#initialize, #shutdown).
 */
export class Lifecycle {
  #state: 'new' | 'running' | 'ended' = 'new';

  /** @throws ResponseError for every initialization but the first. */
  start(): void {
    if (this.#state !== 'new') throw invalidRequest('the server is initialized already');
    this.#state = 'running';
  }

  /** After this nothing is answered. @throws ResponseError before the initialization. */
  end(): void {
    this.#assertRunning();
    this.#state = 'ended';
  }

  /** @returns A handler of requests that answers with an error before the initialization and after the end. */
  guarded<Values extends unknown[], Result>(
    handler: (...values: Values) => Result,
  ): (...values: Values) => Result {
    return (...values) => {
      this.#assertRunning();
      return handler(...values);
    };
  }

  #assertRunning(): void {
    if (this.#state === 'new')
      throw new ResponseError(ErrorCodes.ServerNotInitialized, 'the server is not initialized yet');
    if (this.#state === 'ended') throw invalidRequest('the server was shut down');
  }
}

function invalidRequest(message: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidRequest, message);
}
