import type { ParsedImport } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import { distributionName } from './requirement.ts';

/** A word of a shell command without its quotes, or an operator. */
interface Word {
  readonly kind: 'word' | 'end' | 'redirection';
  readonly text: string;
  readonly start: number;
}

const installers = /^(?:pip(?:3(?:\.\d+)?)?|conda|mamba|micromamba|uv|poetry|pdm|pipenv|pixi)$/;
const actions = /^(?:install|add)$/;
/** Options of pip, uv and conda that take their value from the next word. */
const valued =
  /^(?:-[rciftCnpb]|--(?:requirement|requirements|constraint|index-url|extra-index-url|index|default-index|find-links|target|prefix|root|src|trusted-host|proxy|timeout|retries|python|upgrade-strategy|no-binary|only-binary|platform|python-version|python-platform|implementation|abi|progress-bar|log|cache-dir|global-option|config-settings?|config-setting|build-option|cert|client-cert|exists-action|report|channel|name|file|solver|group|extra|override|upgrade-package|reinstall-package|no-build-isolation-package|no-build-package|no-binary-package|only-binary-package|feature|environment|source|branch|tag|rev|marker))$/;

/** Those of them that say where packages come from. */
const sources = /^(?:-[rif]|--(?:requirements?|index-url|extra-index-url|index|default-index|find-links))/;

/**
 * Reads what a shell command installs: `pip install x`, `python -m pip install x`, `uv pip install x`,
 * `conda install x`, also behind `&&` and the escapes of IPython.
 *
 * @returns A package for each name, with the name's span; what is a URL or holds a variable is unclear, and so is
 *   another index; local paths and files of requirements are left out. Empty where the command installs nothing.
 */
export function installsOf(text: string, span: Span): readonly ParsedImport[] {
  const installs: ParsedImport[] = [];
  let tool: string | undefined;
  let installing = false;
  let option: string | undefined;
  for (const { kind, text: word, start } of words(text, span)) {
    if (kind === 'end') {
      tool = undefined;
      installing = false;
    } else if (kind === 'redirection') {
      option = word;
    } else if (option !== undefined) {
      installs.push(...elsewhere(option, word, start));
      option = undefined;
    } else if (installing) {
      if (valued.test(word)) option = word;
      else if (word.startsWith('-')) installs.push(...elsewhere(word, word, start));
      else installs.push(...requirement(text, word, start));
    } else if (installers.test(word.replace(/^[!%]+|^.*[\\/]/g, ''))) {
      tool = word;
    } else if (tool !== undefined && actions.test(word)) {
      installing = true;
    }
  }
  return installs;
}

/** Splits a command as a shell does, for as much as names of packages need. A comment ends it. */
function* words(text: string, { start, end }: Span): Generator<Word, void, undefined> {
  const expression = /([;|&()`\r\n]+|#.*)|(\d{0,9}[<>]+&?)|"([^"\r\n]*)"?|'([^'\r\n]*)'?|([^\s"';|&()`<>]+)/g;
  const command = text.slice(start, end).replace(/\\(\r\n?|\n)/g, (joined) => ' '.repeat(joined.length));
  for (const { index, 1: stop, 2: redirection, 3: double, 4: single, 5: bare } of command.matchAll(
    expression,
  )) {
    const quoted = double ?? single;
    if (stop !== undefined) yield { kind: 'end', text: stop, start: start + index };
    else if (redirection !== undefined)
      yield { kind: 'redirection', text: redirection, start: start + index };
    else if (quoted !== undefined) yield { kind: 'word', text: quoted, start: start + index + 1 };
    else if (bare !== undefined) yield { kind: 'word', text: bare, start: start + index };
  }
}

/** An option with an address as its value, in the same word or the next one. */
function elsewhere(option: string, word: string, start: number): readonly ParsedImport[] {
  const at = word.search(address);
  if (!sources.test(option) || at < 0) return [];
  return [unclear(word.slice(at), start + at)];
}

const address = /(?:https?|ftp|file):\/\//i;

/** A name that stands with an address is a package, and what the address serves is anybody's guess. */
function requirement(source: string, word: string, start: number): readonly ParsedImport[] {
  if (/[${}]/.test(word)) return [unclear(word, start)];
  const isAddress = /^(?:[\w+.-]+:\/\/|git\+)/.test(word);
  const name = isAddress ? /[#&]egg=([\w.-]+)/.exec(word)?.[1] : packageIn(word);
  const at = isAddress ? 0 : word.search(/@\s*[a-z][a-z0-9+.-]*:\/\//i);
  return [
    ...(name === undefined ? [] : [named(source, name, start)]),
    ...(at < 0 ? [] : [unclear(word, start)]),
  ];
}

function named(source: string, name: string, start: number): ParsedImport {
  const from = source.indexOf(name, start);
  const span = { start: from, end: from + name.length };
  return { kind: 'static', target: { kind: 'package', name }, span, optional: false };
}

function unclear(expression: string, start: number): ParsedImport {
  const span = { start, end: start + expression.length };
  return { kind: 'static', target: { kind: 'unclear', expression }, span, optional: false };
}

/** @returns The name of the package that a word of `pip install` asks for, or undefined for a local path. */
function packageIn(word: string): string | undefined {
  if (/^(?:\.|\/|~|[\w.-]+[\\/])|\.(?:whl|zip|tar\.gz)$/.test(word) && !/@\s*[a-z]/.test(word))
    return undefined;
  const name = distributionName(word.replace(/^[\w.-]+::/, ''));
  // `pip install --upgrade pip` brings nothing that is not there.
  return name === 'pip' ? undefined : name;
}
