/** A request of a lookup. */
export interface HttpRequest {
  readonly url: string;
  readonly accept?: string;
  readonly etag?: string | null;
  /** `bytes=0-65535`; always absolute. */
  readonly range?: string;
  /** A JSON document makes it a POST. */
  readonly json?: string;
  /** Other answers wait for this one: it goes before what waits for its turn. */
  readonly isFirst?: true;
  /** The most bytes of a decoded body that are read. */
  readonly cap: number;
}

/**
 * The outcome of a request. `failed` is a lack of an answer; `notSent` says that nothing left the machine.
 * A body that reached the cap holds its first `cap` bytes.
 */
export type Reply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly header: (name: string) => string | null;
      readonly body: Uint8Array;
      readonly capped: boolean;
    }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'notSent'; readonly reason: string };

export type Send = (request: HttpRequest) => Promise<Reply>;
