import { isUsualChannel } from '../../ecosystems/pypi/manifests/channels.ts';
import { distributionOf } from '../../ecosystems/pypi/manifests/conda-names.ts';
import type { ParsedImport } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import { distributionName } from '../../ecosystems/pypi/distribution-name.ts';

/** A word of a shell command without its quotes, or an operator. */
interface Word {
  readonly kind: 'word' | 'end' | 'redirection';
  readonly text: string;
  readonly start: number;
}

const installers = /^(?:pip(?:3(?:\.\d+)?)?|pipx|conda|mamba|micromamba|uvx?|poetry|pdm|pipenv|pixi)$/;
const channelled = /^(?:conda|mamba|micromamba|pixi)$/;
const actions = /^(?:install|add)$/;
/** Options of pip, uv and conda that take their value from the next word. */
const valued =
  /^(?:-[rciftCnpb]|--(?:requirement|requirements|constraint|index-url|extra-index-url|index|default-index|find-links|target|prefix|root|src|trusted-host|proxy|timeout|retries|python|upgrade-strategy|no-binary|only-binary|platform|python-version|python-platform|implementation|abi|progress-bar|log|cache-dir|global-option|config-settings?|config-setting|build-option|cert|client-cert|exists-action|report|channel|name|file|solver|group|extra|override|upgrade-package|reinstall-package|no-build-isolation-package|no-build-package|no-binary-package|only-binary-package|feature|environment|source|branch|tag|rev|marker|with|from))$/;

/** Those of them that say where packages come from, and variables of the environment that do. */
const sources =
  /^(?:-[rifc]|--(?:requirements?|constraints?|index-url|extra-index-url|index|default-index|find-links)|[!%]*(?:PIP|UV)_)/;
const sourceVariable = /^[!%]*(?:PIP|UV)_(?:EXTRA_INDEX|DEFAULT_INDEX|INDEX|FIND_LINKS)(?:_URL)?(?:=|$)/;
/** Those whose value is itself a package. */
const packages = /^--(?:with|from)(?:=|$)/;
/** Those that name a channel of conda. */
const channels = /^(?:-c|--channel(?:=|$))/;

/**
 * Reads what a shell command installs: `pip install x`, `python -m pip install x`, `uv pip install x`,
 * `conda install x`, also behind `&&` and the escapes of IPython.
 *
 * @returns A package for each name, with the name's span; what is a URL or holds a variable is unclear, and so is
 *   another index or channel, also in a variable of the environment; local paths, files of requirements and what
 *   conda has that is no distribution of Python are left out. Empty where the command installs nothing.
 */
export function installsOf(text: string, span: Span): readonly ParsedImport[] {
  const installs: ParsedImport[] = [];
  const add = (imports: readonly ParsedImport[]) => {
    for (const install of imports) installs.push(install);
  };
  let tool: string | undefined;
  let installing = false;
  let option: string | undefined;
  for (const { kind, text: word, start } of words(text, span)) {
    if (kind === 'end') {
      tool = option = undefined;
      installing = false;
    } else if (kind === 'redirection') {
      option = word;
    } else if (option !== undefined) {
      add(optionValue({ text, tool }, { option, value: word, start }));
      option = undefined;
    } else if (sourceVariable.test(word) || (tool !== undefined && word.startsWith('-'))) {
      if (takesNext(word, { tool, installing })) option = word;
      else add(attachedValue({ text, tool }, word, start));
    } else if (installing) {
      add(requirement({ text, tool }, word, start));
      // Whatever else follows belongs to the program that `uvx` runs.
      if (tool === 'uvx') installing = false;
    } else if (installers.test(baseName(word))) {
      tool = baseName(word);
      installing = tool === 'uvx';
    } else if (tool !== undefined && actions.test(word)) {
      installing = true;
    }
  }
  return installs;
}

/** Does an option take its value from the next word? To uv `-n` is a switch, and so are most before `install`. */
function takesNext(
  word: string,
  { tool, installing }: { tool: string | undefined; installing: boolean },
): boolean {
  if (/^[!%]*\w+=?$/.test(word)) return true;
  if (word === '-n') return installing && channelled.test(tool ?? '');
  return valued.test(word) && (installing || /^-(?:-|i$)/.test(word));
}

/** A program without its folder and the sign of IPython before it. */
function baseName(word: string): string {
  return word.replace(/^[!%]+|^.*[\\/]/g, '');
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

/** A command: its text, and the installer that it calls. */
interface Command {
  readonly text: string;
  readonly tool: string | undefined;
}

/** `--index-url=https://…`, `-cacme`. */
function attachedValue(command: Command, word: string, start: number): readonly ParsedImport[] {
  const length = /^(?:--[\w-]+=|[!%]*\w+=|-\w)/.exec(word)?.[0].length ?? word.length;
  const [option, value] = [word.slice(0, length), word.slice(length)];
  return value === '' ? [] : optionValue(command, { option, value, start: start + length });
}

/** An option with an address, a channel or a package as its value. */
function optionValue(
  { text, tool }: Command,
  { option, value, start }: { option: string; value: string; start: number },
): readonly ParsedImport[] {
  if (channelled.test(tool ?? '') && channels.test(option))
    return isUsualChannel(value) ? [] : [unclear(value, start)];
  if (packages.test(option)) return /^uvx?$/.test(tool ?? '') ? listed({ text, tool }, value, start) : [];
  const at = value.search(address);
  return sources.test(option) && at >= 0 ? [unclear(value.slice(at), start + at)] : [];
}

/** `--with a,b`. A version that a comma follows is cut in two, and its second part names nothing. */
function listed(command: Command, value: string, start: number): readonly ParsedImport[] {
  return [...value.matchAll(/[^,]+/g)].flatMap(({ 0: word, index }) =>
    requirement(command, word, start + index),
  );
}

const address = /(?:https?|ftp|file):\/\//i;

/** A name that stands with an address is a package, and what the address serves is anybody's guess. */
function requirement({ text, tool }: Command, word: string, start: number): readonly ParsedImport[] {
  if (/[${}]/.test(word)) return [unclear(word, start)];
  const isAddress = /^(?:[\w+.-]+:\/\/|git\+)/.test(word);
  const name = isAddress ? /[#&]egg=([\w.-]+)/.exec(word)?.[1] : packageIn(word);
  const at = isAddress || comesFromElsewhere(word) ? 0 : word.search(/@\s*[a-z][a-z0-9+.-]*:\/\//i);
  const from = text.indexOf(name ?? '', start + Math.max(word.indexOf('::'), 0));
  const distribution = name !== undefined && channelled.test(tool ?? '') ? distributionOf(name) : name;
  const span = { start: from, end: from + (name ?? '').length };
  return [
    ...(distribution === undefined ? [] : [named(distribution, span)]),
    ...(at < 0 ? [] : [unclear(word, start)]),
  ];
}

/** `acme::numpy` is a package of a channel. */
function comesFromElsewhere(word: string): boolean {
  const channel = /^([\w./-]+)::/.exec(word)?.[1];
  return channel !== undefined && !isUsualChannel(channel);
}

function named(name: string, span: Span): ParsedImport {
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
