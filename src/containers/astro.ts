import type { Contained, Container } from '../model/language.ts';
import { scriptElements } from './elements.ts';
import { componentScripts, segment } from './script.ts';

/** Astro components: TypeScript between the code fences, and script tags (https://docs.astro.build/en/basics/astro-components/). */
export const astro: Container = {
  id: 'astro',
  contents: astroContents,
};

function astroContents(text: string): Contained {
  const opening = /^\s*(?:<!--(?:(?!-->)[^])*-->\s*)*---/.exec(text)?.[0].length;
  if (opening === undefined) return componentScripts(text, scriptElements(text), 'ts');
  const length = text.slice(opening).search(/---/);
  if (length < 0) {
    return {
      segments: segment(text.slice(opening), opening, 'ts'),
      broken: { message: 'the code fence --- has no end', offset: opening - '---'.length },
    };
  }
  const end = opening + length;
  const { segments, broken } = componentScripts(text, scriptElements(text, end + '---'.length), 'ts');
  return { segments: [...segment(text.slice(opening, end), opening, 'ts'), ...segments], broken };
}
