import type { ImportTarget, ParsedImport } from '../../model/reference.ts';
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

/**
 * Reads what a shell command installs: `pip install x`, `python -m pip install x`, `uv pip install x`,
 * `conda install x`, also behind `&&` and the escapes of IPython.
 *
 * @returns A package for each name, with the name's span; what is a URL or holds a variable is unclear; local
 *   paths and files of requirements are left out. Empty where the command installs nothing.
 */
export function installsOf(text: string, span: Span): readonly ParsedImport[] {
  const installs: ParsedImport[] = [];
  let tool: string | undefined;
  let installing = false;
  let skip = false;
  for (const { kind, text: word, start } of words(text, span)) {
    if (kind === 'end') {
      tool = undefined;
      installing = false;
    } else if (kind === 'redirection') {
      skip = true;
    } else if (skip) {
      skip = false;
    } else if (installing) {
      if (word.startsWith('-')) skip = valued.test(word);
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
  const expression = /([;|&\r\n]+|#.*)|(\d{0,9}[<>]+&?)|"([^"\r\n]*)"?|'([^'\r\n]*)'?|([^\s"';|&<>]+)/g;
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

function requirement(source: string, word: string, start: number): readonly ParsedImport[] {
  const target = targetOf(word);
  if (target === undefined) return [];
  const length = target.kind === 'package' ? target.name.length : word.length;
  const from = target.kind === 'package' ? source.indexOf(target.name, start) : start;
  return [{ kind: 'static', target, span: { start: from, end: from + length }, optional: false }];
}

/** @returns What a word of `pip install` names, or undefined for a local path. */
function targetOf(word: string): ImportTarget | undefined {
  if (/[${}]/.test(word)) return { kind: 'unclear', expression: word };
  if (/^(?:[\w+.-]+:\/\/|git\+)/.test(word)) {
    const name = /[#&]egg=([\w.-]+)/.exec(word)?.[1];
    return name === undefined ? { kind: 'unclear', expression: word } : { kind: 'package', name };
  }
  if (/^(?:\.|\/|~|[\w.-]+[\\/])|\.(?:whl|zip|tar\.gz)$/.test(word)) return undefined;
  const name = distributionName(word.replace(/^[\w.-]+::/, ''));
  // `pip install --upgrade pip` brings nothing that is not there.
  return name === undefined || name === 'pip' ? undefined : { kind: 'package', name };
}
