import type { Parsed, Source } from '../../model/language.ts';
import type { ParsedImport } from '../../model/reference.ts';
import { doubtOfAll } from '../shared/doubts.ts';
import { stackHere } from '../shared/parse-thread.ts';
import { attempts } from './attempts.ts';
import { boundsOf, type Bounds } from './bounds.ts';
import { readLeniently } from './lenient.ts';
import { nativeBinding, type Binding } from './parsers/binding.ts';
import { parseWithOxc } from './parsers/oxc.ts';
import { isData, otherForm } from './other-forms.ts';
import type { Rejection, Request, Syntax } from './parsers/syntax.ts';
import { importsIn } from './program.ts';
import { carriedBy, weightOf } from './weight.ts';

const TOO_DEEP: Rejection = {
  kind: 'rejected',
  message: 'nested too deeply to be parsed',
  offset: 0,
  cause: 'bound',
};

/**
 * Parses any text, with every parser there is: oxc first, TypeScript's for what oxc rejects. Each way to read the text
 * is tried with both before the next one, so that no other way hides what the text is in its own dialect. What no
 * parser accepts goes to the lenient reader, and the first rejection is told.
 */
export class CompleteParser {
  readonly #native = nativeBinding();
  readonly #carried = carriedBy(stackHere());
  #webAssembly: Binding | undefined;

  async parse(source: Source): Promise<Parsed> {
    const bounds = boundsOf(source);
    let rejection: Rejection | undefined = bounds.oxc ? undefined : TOO_DEEP;
    let parsers: Bounds = bounds;
    for (const request of bounds.oxc ? attempts(source) : []) {
      const rejections: Rejection[] = [];
      for await (const syntax of this.#readings(request, parsers)) {
        if (syntax.kind === 'tree') return { imports: importsIn(syntax, source), broken: null };
        rejections.push(syntax);
      }
      if (rejections.some(({ cause }) => cause === 'many errors')) parsers = { ...parsers, oxc: false };
      rejection ??= rejections.at(-1);
    }
    return rejected(rejection ?? TOO_DEEP, source);
  }

  /** What the parsers make of a text, one after the other. */
  async *#readings(request: Request, { oxc, typescript }: Bounds): AsyncGenerator<Syntax> {
    if (oxc) yield await this.#parseWithOxc(request);
    if (!typescript) return;
    const { parseWithTypeScript } = await import('./parsers/typescript.ts');
    yield parseWithTypeScript(request);
  }

  /** Machine code that runs out of stack ends the process; WebAssembly throws. */
  async #parseWithOxc(request: Request): Promise<Syntax> {
    if (this.#native !== undefined && weightOf(request.text) <= this.#carried)
      return parseWithOxc(this.#native, request);
    const { webAssemblyBinding } = await import('./parsers/webassembly.ts');
    this.#webAssembly ??= webAssemblyBinding();
    try {
      return parseWithOxc(this.#webAssembly, request);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#webAssembly = undefined;
      return TOO_DEEP;
    }
  }
}

/** What the lenient reader finds. Behind a bound, nobody knows whether that is all. */
function rejected({ message, offset, cause }: Rejection, { text, dialect }: Source): Parsed {
  const { imports, doubts } = readLeniently(text);
  if (cause !== 'bound') {
    const form = otherForm(text, dialect);
    const isCode = ({ span }: ParsedImport) => !isData(text, span.start, form);
    const broken = {
      message,
      offset,
      cause: 'errors',
      approximate: true,
      doubts: doubts.filter(isCode),
    } as const;
    return { imports: imports.filter(isCode), broken: form === null ? broken : { ...broken, form } };
  }
  const unread = doubtOfAll(message);
  return { imports, broken: { message, offset, cause, approximate: true, doubts: [unread, ...doubts] } };
}
