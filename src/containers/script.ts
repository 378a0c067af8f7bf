import { JAVASCRIPT, scriptDialects } from '../languages/javascript/dialects.ts';
import type { Contained, Segment } from '../model/language.ts';
import type { ScriptElement } from './elements.ts';

/** @returns The dialect of a `lang` attribute, `usual` without one, undefined for a language that is not ours. */
export function dialectOf(lang: string | undefined, usual: string): string | undefined {
  return lang === undefined || lang === '' ? usual : scriptDialects.get(lang.trim().toLowerCase());
}

/** @returns The segment of a piece of text that stands verbatim in its file; none for a blank one. */
export function segment(text: string, start: number, dialect: string): readonly Segment[] {
  return text.trim() === '' ? [] : [{ language: JAVASCRIPT, dialect, text, at: { kind: 'offset', start } }];
}

/** Languages that compile to JavaScript and are none of ours. */
const OTHER_LANGUAGES = new Set(['coffee', 'coffeescript', 'livescript', 'ls']);

/**
 * @returns What the scripts of a component hold whose compiler takes every script for a program, whatever its `type`,
 *   and for JavaScript, whatever its `lang`, unless a plug-in knows better. What only that makes a program may be
 *   something else to everybody, so it need not be one.
 */
export function compiledScripts(text: string, elements: readonly ScriptElement[]): Contained {
  const isOrdinary = ({ attributes }: ScriptElement) =>
    isProgram(attributes.get('type')) && dialectOf(attributes.get('lang'), 'js') !== undefined;
  const { segments, broken } = componentScripts(text, elements.filter(isOrdinary), 'js');
  const templateSegments = elements
    .filter((element) => !isOrdinary(element) && !element.inExpression)
    .filter(({ attributes }) => !OTHER_LANGUAGES.has((attributes.get('lang') ?? '').trim().toLowerCase()))
    .flatMap(({ attributes, start, end }) =>
      segment(text.slice(start, end), start, dialectOf(attributes.get('lang'), 'js') ?? 'js'),
    )
    .map((each) => ({ ...each, template: true as const }));
  return {
    segments: [...segments, ...templateSegments].sort((left, right) => offsetOf(left) - offsetOf(right)),
    broken,
  };
}

function offsetOf({ at }: Segment): number {
  return at.kind === 'offset' ? at.start : 0;
}

/** @returns What the script elements of a component hold. `usual` is the dialect of a script without `lang`. */
export function componentScripts(text: string, elements: readonly ScriptElement[], usual: string): Contained {
  const scripts = elements.filter(({ attributes }) => isProgram(attributes.get('type')));
  const endless = scripts.find(({ closed }) => !closed);
  return {
    segments: scripts.flatMap(({ attributes, start, end }) => {
      const dialect = dialectOf(attributes.get('lang'), usual);
      return dialect === undefined ? [] : segment(text.slice(start, end), start, dialect);
    }),
    broken: endless === undefined ? null : { message: 'the script has no end tag', offset: endless.start },
  };
}

/**
 * Is a script of this `type` a JavaScript program? Import maps, data and templates are not. A character may be written
 * by its number, and no letter by a name, so what such a name leaves open is taken for a program.
 *
 * @see https://html.spec.whatwg.org/multipage/scripting.html#attr-script-type
 */
export function isProgram(type: string | undefined): boolean {
  const plain = type?.replace(/&#(?:x([\da-f]{1,6})|(\d{1,7}));?/gi, (_, hex?: string, decimal?: string) =>
    characterOf(Number.parseInt(hex ?? decimal ?? '', hex === undefined ? 10 : 16)),
  );
  return (
    plain === undefined ||
    /&[a-z]/i.test(plain) ||
    /^\s*(?:$|module\b|(?:text|application)\/(?:x-)?(?:java|ecma|type|j|live)script(?:\b|1\.)|text\/(?:babel|jsx)\b|(?:js|ts|jsx|tsx)\s*$)/i.test(
      plain,
    )
  );
}

/** A character by its number (https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-state). */
function characterOf(code: number): string {
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}
