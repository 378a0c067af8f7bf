import type { Parsed, Source } from '../../model/language.ts';
import { doubtOfAll } from '../doubts.ts';
import { stackHere } from '../parse-thread.ts';
import { attempts } from './attempts.ts';
import { boundsOf, type Bounds } from './bounds.ts';
import { readLeniently } from './lenient.ts';
import { nativeBinding, type Binding } from './parsers/binding.ts';
import { parseWithOxc } from './parsers/oxc.ts';
import type { Rejection, Request, Syntax } from './parsers/syntax.ts';
import { importsIn } from './program.ts';
import { carriedBy, weightOf } from './weight.ts';

const TOO_DEEP: Rejection = { kind: 'rejected', message: 'nested too deeply to be parsed', offset: 0 };

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
    const bounds = boundsOf(source.text);
    let rejection: Rejection | undefined = bounds.oxc ? undefined : TOO_DEEP;
    for (const request of bounds.oxc ? attempts(source) : []) {
      const syntax = await this.#parse(request, bounds);
      if (syntax.kind === 'tree') return { imports: importsIn(syntax, source.text), broken: null };
      rejection ??= syntax;
    }
    const { message, offset } = rejection ?? TOO_DEEP;
    const { imports, doubts } = readLeniently(source.text);
    const unread = bounds.oxc ? [] : [doubtOfAll(message)];
    return { imports, broken: { message, offset, approximate: true, doubts: [...unread, ...doubts] } };
  }

  async #parse(request: Request, bounds: Bounds): Promise<Syntax> {
    const syntax = await this.#parseWithOxc(request);
    if (syntax.kind === 'tree' || !bounds.typescript) return syntax;
    const { parseWithTypeScript } = await import('./parsers/typescript.ts');
    return parseWithTypeScript(request);
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
