import type { Contained, Container } from '../model/language.ts';
import { scriptElements } from './elements.ts';
import { componentScripts, segment } from './script.ts';

/** Astro components: TypeScript between the code fences, and script tags (https://docs.astro.build/en/basics/astro-components/). */
export const astro: Container = {
  id: 'astro',
  contents: astroContents,
};

function astroContents(text: string): Contained {
  const opening = /^(?:[^<-]|-(?!--)|<!--(?:(?!-->)[^])*-->)*---/.exec(text)?.[0].length;
  if (opening === undefined) return componentScripts(text, scriptElements(text, 'component'), 'ts');
  const length = fenceIn(text.slice(opening));
  if (length === undefined) {
    return {
      segments: segment(text.slice(opening), opening, 'ts'),
      broken: { message: 'the code fence --- has no end', offset: opening - '---'.length },
    };
  }
  const end = opening + length;
  const { segments, broken } = componentScripts(
    text,
    scriptElements(text, 'component', end + '---'.length),
    'ts',
  );
  return { segments: [...segment(text.slice(opening, end), opening, 'ts'), ...segments], broken };
}

/** @returns The offset of the code fence that ends a program; one in a string or a comment ends nothing. */
function fenceIn(program: string): number | undefined {
  const tokens =
    /\/\/.*|\/\*(?:(?!\*\/)[^])*\*\/|"(?:[^"\\\r\n]|\\[^])*"|'(?:[^'\\\r\n]|\\[^])*'|`(?:[^`\\]|\\[^])*`|(?<=[=(,:[] ?)\/(?:[^/\\[\r\n]|\\.|\[(?:[^\]\\\r\n]|\\.)*\])+\/|\\[^]|---/g;
  for (const { 0: token, index } of program.matchAll(tokens)) if (token === '---') return index;
  const first = program.indexOf('---');
  return first < 0 ? undefined : first;
}
