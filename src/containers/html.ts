import type { SynchronousContainer } from '../model/language.ts';
import { scriptElements } from './elements.ts';
import { dialectOf, isProgram, segment } from './script.ts';

/**
 * HTML pages: module scripts, and classic ones, which can hold `import("x")`. HTML is what template
 * engines write in, so its scripts may be no programs yet: `var user = {{ user|json }};`.
 */
export const html: SynchronousContainer = {
  id: 'html',
  contents: (text) => ({
    segments: scriptElements(text, 'html')
      .filter(({ attributes }) => isProgram(attributes.get('type')) && !attributes.has('src'))
      .flatMap(({ attributes, start, end }) => {
        // To a browser, `lang` is the language of people.
        const dialect = dialectOf(attributes.get('lang'), 'js') ?? 'js';
        return segment(text.slice(start, end), start, dialect);
      })
      .map((each) => ({ ...each, template: true as const, page: true as const })),
    broken: null,
  }),
};
