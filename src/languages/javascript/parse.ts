import type { Glance, Parsed, Parser, Source } from '../../model/language.ts';
import { builtThread, ParseThread, STACK_OF_THREADS, stackHere } from '../shared/parse-thread.ts';
import { asWritten } from './attempts.ts';
import { nativeBinding } from './parsers/binding.ts';
import { parseWithOxc } from './parsers/oxc.ts';
import { isShort } from './pieces.ts';
import { importsIn } from './program.ts';
import { carriedBy, LIGHT, weightOf } from './weight.ts';

/**
 * Loads what parses JavaScript and TypeScript; the modules stay loaded.
 *
 * Nearly every program is parsed here, by oxc's machine code. What is long, or needs more stack than this thread has for
 * certain, what oxc rejects, and everything where there is no machine code goes to a thread with a large stack, in which every
 * parser is at hand: so the answer never depends on how much stack is left, or on what is installed.
 */
export function loadParser(): Promise<Parser> {
  const binding = nativeBinding();
  const elsewhere = lazily(completeParser);
  const stack = lazily(stackHere);
  const isCarried = (weight: number) =>
    weight <= carriedBy(SMALLEST_STACK) || weight <= Math.min(LIGHT, carriedBy(stack()));
  const parseNatively = (source: Source): Parsed | undefined => {
    if (binding === undefined || !isShort(source.text) || !isCarried(weightOf(source.text))) return undefined;
    const syntax = parseWithOxc(binding, asWritten(source));
    return syntax.kind === 'tree' ? { imports: importsIn(syntax, source), broken: null } : undefined;
  };
  return Promise.resolve({
    parseHere: parseNatively,
    parse: (source) => parseNatively(source) ?? elsewhere().then((parser) => parser.parse(source)),
    glance,
  });
}

/** No thread of Node has less, in bytes. */
const SMALLEST_STACK = 2 ** 20;

/** What has an answer to every text: a thread with a large stack. In such a thread, and without a build, this one. */
async function completeParser(): Promise<Pick<Parser, 'parse'>> {
  const file = stackHere() < STACK_OF_THREADS * 2 ** 20 ? builtThread() : undefined;
  if (file === undefined) {
    const { CompleteParser } = await import('./complete.ts');
    return new CompleteParser();
  }
  let thread = new ParseThread(file, 'keeps code');
  return {
    parse: (source) => {
      // A text may have been more than a thread carries: that is no reason to read no other.
      if (thread.hasEnded()) thread = new ParseThread(file, 'keeps code');
      return thread.parse('javascript', source);
    },
  };
}

async function glance({ text }: Source): Promise<Glance> {
  const lenient = await import('./lenient.ts');
  return lenient.glance(text);
}

function lazily<T>(make: () => T): () => T {
  let cached: T | undefined;
  return () => (cached ??= make());
}
