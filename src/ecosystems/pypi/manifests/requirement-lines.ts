import type { Inclusion } from '../../../model/manifest.ts';
import type { Span } from '../../../model/text.ts';
import { TAG } from '../../../text/placeholder.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import type { IndexLine, MappedText, RequirementContext } from './python-dependencies.ts';
import {
  EXTRA_INDEX,
  HOST,
  INDEX,
  LINKS,
  PLAIN,
  addIndex,
  addRequirementText,
} from './python-dependencies.ts';

/**
 * Adds what a line of a requirements file declares: requirements, editable ones, included files and indexes
 * (https://pip.pypa.io/en/stable/reference/requirements-file-format/). A file of constraints declares nothing here.
 *
 * @param line One logical line, without its comment.
 */
export function addRequirementLine(
  draft: ManifestBuilder,
  line: MappedText,
  context: RequirementContext = PLAIN,
): void {
  const tokens = [...tokenize(line.text)];
  const [first] = tokens;
  if (first === undefined) return;
  const options = tokens.findIndex(({ value }) => value.startsWith('-'));
  if (options === 0) {
    addOptions(draft, line, tokens);
    return;
  }
  const end = tokens[options]?.span.start ?? line.text.length;
  addRequirementText(draft, part(line, { start: first.span.start, end }), context);
}

interface Token {
  readonly value: string;
  readonly span: Span;
}

/** What is done with an option's value. Options that are not listed take none. */
type Use = 'requirement' | 'include' | 'constrain' | 'ignore' | IndexLine;

/** The options of requirements files that take a value (pip's `req_file.py`, `SUPPORTED_OPTIONS`). */
const LONG: readonly (readonly [string, Use])[] = [
  ['--index-url', INDEX],
  ['--pypi-url', INDEX],
  ['--extra-index-url', EXTRA_INDEX],
  ['--find-links', LINKS],
  ['--trusted-host', HOST],
  ['--editable', 'requirement'],
  ['--requirement', 'include'],
  ['--constraint', 'constrain'],
  ['--no-binary', 'ignore'],
  ['--only-binary', 'ignore'],
  ['--use-feature', 'ignore'],
  ['--hash', 'ignore'],
  ['--config-settings', 'ignore'],
  ['--global-option', 'ignore'],
];
const SHORT = new Map<string, Use>([
  ['-i', INDEX],
  ['-f', LINKS],
  ['-e', 'requirement'],
  ['-r', 'include'],
  ['-c', 'constrain'],
  ['-C', 'ignore'],
]);

function addOptions(draft: ManifestBuilder, line: MappedText, tokens: readonly Token[]): void {
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) return;
    if (isNoIndex(token.value)) draft.withoutIndex.push({});
    const { use, attached } = optionOf(token);
    if (use === undefined) continue;
    const value = attached ?? tokens[(at += 1)];
    if (value === undefined) {
      draft.broken.push({ message: `${token.value} needs a value`, offset: line.spanOf(token.span).start });
      return;
    }
    addOption(draft, use, part(line, value.span, value.value));
  }
}

/** With it, the archives of `--find-links` alone are looked at. */
function isNoIndex(flag: string): boolean {
  return flag.length > '--no-'.length && '--no-index'.startsWith(flag);
}

function addOption(draft: ManifestBuilder, use: Use, value: MappedText): void {
  if (use === 'ignore' || value.text === '') return;
  // A list from elsewhere may include others and name indexes, and nobody sees what it says today.
  if (use === 'constrain' && isUrl(value.text)) addIndex(draft, { what: 'a list of constraints' }, value);
  else if (use === 'constrain') draft.constraints.push(inclusion(value));
  else if (use === 'include' && isUrl(value.text)) addIndex(draft, { what: 'a list of requirements' }, value);
  else if (use === 'include') draft.includes.push(inclusion(value));
  else if (use === 'requirement') addRequirementText(draft, value, PLAIN);
  else addIndex(draft, use, value);
}

function inclusion({ text, spanOf }: MappedText): Inclusion {
  return { path: text, span: spanOf({ start: 0, end: text.length }) };
}

/**
 * Reads `--option`, `--option=value`, `-o` and `-ovalue`. pip's parser also takes the beginning of an
 * option for the option (https://docs.python.org/3/library/optparse.html#how-optparse-parses-command-line-arguments).
 */
function optionOf({ value, span }: Token): {
  readonly use: Use | undefined;
  readonly attached: Token | undefined;
} {
  if (!value.startsWith('--')) {
    const use = SHORT.get(value.slice(0, 2));
    return { use, attached: value.length > 2 ? cut(value, span, 2) : undefined };
  }
  const equals = value.indexOf('=');
  const flag = equals === -1 ? value : value.slice(0, equals);
  const option = flag.length < 4 ? undefined : LONG.find(([name]) => name.startsWith(flag));
  return { use: option?.[1], attached: equals === -1 ? undefined : cut(value, span, equals + 1) };
}

/** The value from an offset on. A value in quotes leaves them out. */
function cut(value: string, span: Span, from: number): Token {
  const rawValue = value.slice(from);
  const start = span.start + from;
  const quoted = /^(["'])(.*)\1$/.exec(rawValue)?.[2];
  if (quoted === undefined) return { value: rawValue, span: { start, end: span.end } };
  return { value: quoted, span: { start: start + 1, end: span.end - 1 } };
}

/** Quotes hold a word together, as in a shell, and so does a tag of a template: `{%- if web -%}` has no options. */
const WORD = new RegExp(`(?:${TAG}|"[^"]*"|'[^']*'|\\S)+`, 'g');

/** The words of a line. */
function* tokenize(text: string): Generator<Token> {
  for (const match of text.matchAll(WORD)) {
    const [word] = match;
    const span = { start: match.index, end: match.index + word.length };
    yield cut(word, span, 0);
  }
}

function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

function part(line: MappedText, span: Span, text = line.text.slice(span.start, span.end)): MappedText {
  return {
    text,
    spanOf: ({ start, end }) => line.spanOf({ start: span.start + start, end: span.start + end }),
  };
}
