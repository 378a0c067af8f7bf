import type { Contained, SynchronousContainer } from '../model/language.ts';
import { scriptElements } from './elements.ts';
import { Literals } from './literals.ts';
import { componentScripts, segment } from './script.ts';

/** Astro components: TypeScript between the code fences, and script tags (https://docs.astro.build/en/basics/astro-components/). */
export const astro: SynchronousContainer = {
  id: 'astro',
  contents: astroContents,
};

const FENCE = '---';

function astroContents(text: string): Contained {
  const opening = behindOpening(text);
  if (opening === undefined) return componentScripts(text, scriptElements(text, 'astro'), 'ts');
  const length = fenceIn(text.slice(opening));
  if (length === undefined) {
    return {
      segments: segment(text.slice(opening), opening, 'ts'),
      broken: { message: 'the code fence --- has no end', offset: opening - FENCE.length },
    };
  }
  const end = opening + length;
  const { segments, broken } = componentScripts(
    text,
    scriptElements(text, 'astro', end + FENCE.length),
    'ts',
  );
  return { segments: [...segment(text.slice(opening, end), opening, 'ts'), ...segments], broken };
}

/** @returns The offset behind the code fence that begins a program: nothing but text and comments stands before it. */
function behindOpening(text: string): number | undefined {
  const marks = /---|<!--|</g;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === FENCE) return marks.lastIndex;
    const end = mark[0] === '<!--' ? text.indexOf('-->', marks.lastIndex) : -1;
    if (end < 0) return undefined;
    marks.lastIndex = end + '-->'.length;
  }
  return undefined;
}

/** @returns The offset of the code fence that ends a program; one in a string or a comment ends nothing. */
function fenceIn(program: string): number | undefined {
  const literals = new Literals(program);
  const marks = /\/\/.*|\/\*|\\[^]|["'`]|(?<=[=(,:[] ?)\/|---/g;
  for (let mark = marks.exec(program); mark !== null; mark = marks.exec(program)) {
    const { 0: token, index } = mark;
    if (token === FENCE) return index;
    marks.lastIndex = behind(literals, token, index) ?? index + 1;
  }
  const first = program.indexOf(FENCE);
  return first < 0 ? undefined : first;
}

/** @returns The offset behind what begins with a mark; undefined where it has no end, so that it is none. */
function behind(literals: Literals, mark: string, start: number): number | undefined {
  switch (mark) {
    case '/*':
      return literals.behindComment(start);
    case '/':
      return literals.behindRegex(start);
    case '"':
    case "'":
    case '`':
      return literals.behindString(start);
    default:
      return start + mark.length;
  }
}
