import type { SynchronousContainer } from '../model/language.ts';
import { programOfScript, SH } from './interpreters.ts';
import { verbatimSegment } from './segment-text.ts';

/** Scripts without an ending, of which their names tell that a shell reads them: hooks of git, `.envrc`. A `#!` line knows better. */
export const shellScript: SynchronousContainer = {
  id: 'shell-script',
  contents: (text) => {
    const kind = programOfScript(text) ?? (text.startsWith('#!') ? undefined : SH);
    const whole = { start: 0, end: text.length };
    return { segments: kind === undefined ? [] : verbatimSegment(text, whole, kind), broken: null };
  },
};
