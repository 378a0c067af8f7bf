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

/** What is done with an option's value. */
type Use = 'requirement' | 'include' | 'constrain' | 'ignore' | IndexLine;

/**
 * The options of requirements files that take a value: `SUPPORTED_OPTIONS` and `SUPPORTED_OPTIONS_REQ` of
 * https://github.com/pypa/pip/blob/25.3/src/pip/_internal/req/req_file.py (read on 2026-11-30), and of earlier versions.
 */
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
  ['--install-option', 'ignore'],
  ['--allow-external', 'ignore'],
  ['--allow-unverified', 'ignore'],
];

/** Those that take none, in the same places. */
const FLAGS = [
  '--no-index',
  '--pre',
  '--prefer-binary',
  '--require-hashes',
  '--use-wheel',
  '--no-use-wheel',
  '--use-mirrors',
  '--allow-all-external',
  '--process-dependency-links',
  '--always-unzip',
  '-Z',
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
    if (!token.value.startsWith('-')) continue;
    const { flag, use, attached } = optionOf(token);
    if (isNoIndex(flag)) draft.withoutIndex.push({});
    if (use === undefined) {
      if (FLAGS.some((name) => name.startsWith(flag))) continue;
      const message = `pip has no option ${flag} in a list of requirements`;
      draft.broken.push({ message, offset: line.spanOf(token.span).start });
      return;
    }
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

/**
 * pip puts variables into lines (https://pip.pypa.io/en/stable/reference/requirements-file-format/#using-environment-variables).
 * Where it is started is mostly the root: the manifest's folder or another one, so that only a list which is there counts.
 */
function inclusion({ text, spanOf }: MappedText): Inclusion {
  const span = spanOf({ start: 0, end: text.length });
  const path = text.replace(/^\$\{PWD\}\//, '');
  return path === text ? { path, span } : { path, span, isPossible: true };
}

/**
 * Reads `--option`, `--option=value`, `-o` and `-ovalue`. pip's parser also takes the beginning of an
 * option for the option (https://docs.python.org/3/library/optparse.html#how-optparse-parses-command-line-arguments), and
 * quotes and backslashes in its name go before, as in a shell (https://docs.python.org/3/library/shlex.html#shlex.split).
 */
function optionOf({ value, span }: Token): {
  readonly flag: string;
  readonly use: Use | undefined;
  readonly attached: Token | undefined;
} {
  const plain = /^--?[^=]*["'\\]/.test(value) && !/^-\w/.test(value) ? withoutQuotes(value) : value;
  // What stands before the value may have lost characters.
  const attachedFrom = (start: number) =>
    plain === value
      ? cut(value, span, start)
      : { value: plain.slice(start), span: { start: span.end - (plain.length - start), end: span.end } };
  if (!plain.startsWith('--')) {
    const flag = plain.slice(0, 2);
    return { flag, use: SHORT.get(flag), attached: plain.length > 2 ? attachedFrom(2) : undefined };
  }
  const equals = plain.indexOf('=');
  const flag = equals === -1 ? plain : plain.slice(0, equals);
  const option = flag.length < 4 ? undefined : LONG.find(([name]) => name.startsWith(flag));
  return { flag, use: option?.[1], attached: equals === -1 ? undefined : attachedFrom(equals + 1) };
}

function withoutQuotes(word: string): string {
  return word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_, ...groups: (string | undefined)[]) => {
    const [doubleQuoted, singleQuoted, escaped] = groups;
    return doubleQuoted?.replace(/\\(["\\])/g, '$1') ?? singleQuoted ?? escaped ?? '';
  });
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
