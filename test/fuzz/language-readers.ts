import path from 'node:path';
import { languages } from '../../src/languages/index.ts';
import type { Language, Source } from '../../src/model/language.ts';
import { boundsOf } from '../../src/languages/javascript/bounds.ts';
import { readIndependently } from '../languages/javascript/independent.ts';
import { carriedBy, weightOf } from '../../src/languages/javascript/weight.ts';
import { stackHere } from '../../src/languages/shared/parse-thread.ts';
import { Comparison } from '../languages/javascript/parsers/compare.ts';
import { textOf } from './grammar.ts';
import { javascript } from './grammars/javascript.ts';
import { indented, python } from './grammars/python.ts';
import { promise, promiseSpan, textsBelow, type Reader } from './reader.ts';

const programs: ReadonlyMap<string, (number: number) => string> = new Map([
  ['javascript', (number) => textOf(javascript, 'program', number)],
  ['python', (number) => indented(textOf(python, 'program', number))],
]);

/** Readers of programs: for each language its quick look, its parser, and both compared; parsers with one another. */
export function languageReaders(fixtures: string): readonly Reader[] {
  return [
    ...languages.flatMap((language) => readersOf(language, path.join(fixtures, 'languages', language.id))),
    ...parserReaders(path.join(fixtures, 'languages', 'javascript')),
  ];
}

function readersOf(language: Language, folder: string): readonly Reader[] {
  const program = programs.get(language.id);
  const given = { seeds: seedsIn(folder), ...(program && { program }) };
  const parser = language.parser();
  return [
    {
      ...given,
      id: `scan ${language.id}`,
      read: async (text) => readProgram(language, sourceOf(language, text)),
      measured: (text) => language.scan(sourceOf(language, text)),
    },
    {
      ...given,
      id: `parser ${language.id}`,
      read: async (text) => {
        const source = sourceOf(language, text);
        const { imports, broken } = await (await parser).parse(source);
        if (broken !== null) promiseSpan(text, { start: broken.offset, end: text.length });
        for (const { span } of imports) promiseSpan(text, span);
      },
    },
  ];
}

/** Parsers of JavaScript that have nothing in common but what they read. */
function parserReaders(folder: string): readonly Reader[] {
  const program = (number: number) => textOf(javascript, 'program', number);
  const given = { seeds: seedsIn(folder), program, measured: null };
  const [language] = languages.filter(({ id }) => id === 'javascript');
  const comparison = new Comparison();
  return [
    {
      ...given,
      id: 'parsers javascript',
      read: (text) => {
        const source = sourceOf(language, text);
        // What is beyond the bounds takes one of them too long, or more of the stack than there is.
        const { oxc, typescript } = boundsOf(source);
        if (!oxc || !typescript || weightOf(text) > carriedBy(stackHere())) return;
        const verdict = comparison.compare(source);
        promise(verdict.kind !== 'differs', JSON.stringify(verdict));
      },
    },
    { ...given, id: 'parser javascript and oxc', read: (text) => readTwice(language, text) },
  ];
}

/** Promises that our parser sees the declarations, types and `import()` of oxc's own tree; a `require` may be anybody's. */
async function readTwice(language: Language | undefined, text: string): Promise<void> {
  // oxc reads bytes of UTF-8, which have no half of a pair.
  if (/\p{Cs}/u.test(text)) return;
  const source = sourceOf(language, text);
  if (!boundsOf(source).typescript || weightOf(text) > carriedBy(stackHere())) return;
  const independent = readIndependently(source);
  const parsed = await (await language?.parser())?.parse(source);
  if (independent === undefined || parsed?.broken !== null) return;
  const ours = new Set(
    parsed.imports.map(
      ({ target, span }) => `${span.start} ${target.kind === 'literal' ? target.specifier : ''}`,
    ),
  );
  for (const { form, start, specifier } of independent)
    promise(
      form === 'require' || ours.has(`${start} ${specifier}`),
      `${JSON.stringify(specifier)} at ${start} is seen`,
    );
}

/** The blocks of a language's tables of fixtures. */
function seedsIn(folder: string): readonly string[] {
  return textsBelow(folder, (name) => name.endsWith('.md')).flatMap((text) =>
    [...text.matchAll(/^```\w*\n([^]*?)^```$/gm)].map(([, block = '']) =>
      block.replace(/⟨U\+([0-9A-F]+)⟩/g, (_, digits: string) => String.fromCodePoint(parseInt(digits, 16))),
    ),
  );
}

/** @returns A text in one of the dialects of its language, in which one its length says. */
function sourceOf(language: Language | undefined, text: string): Source {
  const dialects = [...(language?.extensions ?? []), ...(language?.id === 'python' ? ['ipynb'] : [])];
  return { text, dialect: dialects[text.length % dialects.length] ?? '' };
}

/** Promises that the quick look sees what the parser sees, or says that it is not sure. */
export async function readProgram(language: Language, source: Source): Promise<void> {
  const scan = await language.scan(source);
  const { imports, broken } = await (await language.parser()).parse(source);
  if (broken !== null) promiseSpan(source.text, { start: broken.offset, end: source.text.length });
  for (const { span, target } of imports) {
    promiseSpan(source.text, span);
    if (scan.kind === 'unsure') continue;
    promise(target.kind === 'literal', `a scan that is sure saw every import that is ${target.kind}`);
    if (target.kind === 'literal')
      promise(scan.specifiers.has(target.specifier), `the scan saw ${JSON.stringify(target.specifier)}`);
  }
}
