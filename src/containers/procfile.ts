import type { SynchronousContainer } from '../model/language.ts';
import { SH } from './interpreters.ts';
import { verbatimSegment } from './segment-text.ts';

/** The processes of an application, one a line: `web: npx serve` (https://devcenter.heroku.com/articles/procfile). */
export const procfile: SynchronousContainer = {
  id: 'procfile',
  contents: (text) => ({
    segments: [...text.matchAll(/^([\w-]+:[ \t]*)(\S.*)$/gm)].flatMap(
      ({ 1: name = '', 2: command = '', index }) => {
        const start = index + name.length;
        return verbatimSegment(text, { start, end: start + command.length }, SH);
      },
    ),
    broken: null,
  }),
};
