import { asWritten } from '../../../../src/languages/javascript/attempts.ts';
import { nativeBinding, type Binding } from '../../../../src/languages/javascript/parsers/binding.ts';
import { parseWithOxc } from '../../../../src/languages/javascript/parsers/oxc.ts';
import type { Syntax } from '../../../../src/languages/javascript/parsers/syntax.ts';
import { parseWithTypeScript } from '../../../../src/languages/javascript/parsers/typescript.ts';
import { webAssemblyBinding } from '../../../../src/languages/javascript/parsers/webassembly.ts';
import { importsIn } from '../../../../src/languages/javascript/program.ts';
import type { Source } from '../../../../src/model/language.ts';

/** A program of a corpus, with the name that it is told by. */
export interface Program extends Source {
  readonly name: string;
}

/** What the parsers make of one text. */
export type Verdict =
  | { readonly kind: 'same' }
  | { readonly kind: 'differs'; readonly between: string; readonly first: string; readonly second: string }
  | { readonly kind: 'only'; readonly parser: 'oxc' | 'typescript-estree'; readonly message: string }
  | { readonly kind: 'rejected' };

/** Reads texts with oxc's machine code, its WebAssembly and TypeScript's parser, and compares what they refer to. */
export class Comparison {
  readonly #native: Binding;
  readonly #webAssembly = webAssemblyBinding();

  constructor() {
    const native = nativeBinding();
    if (native === undefined) throw new Error('oxc has no machine code here to compare with');
    this.#native = native;
  }

  compare(source: Source): Verdict {
    const request = asWritten(source);
    const native = parseWithOxc(this.#native, request);
    const webAssembly = parseWithOxc(this.#webAssembly, request);
    const [first, second] = [JSON.stringify(native), JSON.stringify(webAssembly)];
    if (first !== second) return { kind: 'differs', between: 'binary and WebAssembly', first, second };
    // oxc reads every program as a module first, TypeScript's parser only what imports or exports something.
    const asModule = { ...request, text: `${request.text}\nexport {};` };
    // Types in plain JavaScript are somebody's mistake: what `a<b>(c)` is there depends on what else there is.
    const asTypeScript = /^[mc]?jsx?$/.test(source.dialect) ? [{ ...request, dialect: 'tsx' }] : [];
    let verdict = between(native, parseWithTypeScript(request), source);
    for (const other of [asModule, ...asTypeScript]) {
      if (verdict.kind !== 'differs') break;
      verdict = between(native, parseWithTypeScript(other), source);
    }
    return verdict;
  }
}

function between(oxc: Syntax, typescript: Syntax, source: Source): Verdict {
  if (oxc.kind === 'rejected' && typescript.kind === 'rejected') return { kind: 'rejected' };
  if (oxc.kind === 'rejected') return { kind: 'only', parser: 'typescript-estree', message: oxc.message };
  if (typescript.kind === 'rejected') return { kind: 'only', parser: 'oxc', message: typescript.message };
  const [first, second] = [oxc, typescript].map((tree) => JSON.stringify(importsIn(tree, source)));
  if (first === second || first === undefined || second === undefined) return { kind: 'same' };
  return { kind: 'differs', between: 'oxc and typescript-estree', first, second };
}
