import type { Glance, Parsed, Parser, Source } from '../../model/language.ts';
import { builtThread, ParseThread, STACK_OF_THREADS, stackHere } from '../parse-thread.ts';
import { asWritten } from './attempts.ts';
import { nativeBinding } from './parsers/binding.ts';
import { parseWithOxc } from './parsers/oxc.ts';
import { importsIn } from './program.ts';
import { carriedBy, weightOf } from './weight.ts';

/**
 * Loads what parses JavaScript and TypeScript; the modules stay loaded.
 *
 * Nearly every program is parsed here, by oxc's machine code. What needs more stack than this thread has for certain,
 * what oxc rejects, and everything where there is no machine code goes to a thread with a large stack, in which every
 * parser is at hand: so the answer never depends on how much stack is left, or on what is installed.
 */
export async function loadParser(): Promise<Parser> {
  const thread = stackHere() < STACK_OF_THREADS * 2 ** 20 ? builtThread() : undefined;
  if (thread === undefined) {
    const { CompleteParser } = await import('./complete.ts');
    const complete = new CompleteParser();
    return { parse: (source) => complete.parse(source), glance };
  }
  const elsewhere = lazily(() => new ParseThread(thread, 'keeps code'));
  const binding = nativeBinding();
  const carried = carriedBy(stackHere());
  const here = (source: Source): Parsed | undefined => {
    if (binding === undefined || weightOf(source.text) > carried) return undefined;
    const syntax = parseWithOxc(binding, asWritten(source));
    return syntax.kind === 'tree' ? { imports: importsIn(syntax, source.text), broken: null } : undefined;
  };
  return { parse: (source) => here(source) ?? elsewhere().parse('javascript', source), glance };
}

async function glance({ text }: Source): Promise<Glance> {
  const lenient = await import('./lenient.ts');
  return lenient.glance(text);
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
