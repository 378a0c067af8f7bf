import { isUsualChannel } from '../../ecosystems/pypi/manifests/channels.ts';
import { readMatchSpec, type MatchSpec } from '../../ecosystems/pypi/manifests/match-spec.ts';
import { distributionOf } from '../../ecosystems/pypi/manifests/conda-names.ts';
import { pypi } from '../../ecosystems/pypi/names.ts';
import type { InstallRun, ParsedImport, SourceLine } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import { distributionName } from '../../ecosystems/pypi/distribution-name.ts';

/** What the value of an option names, as files of requirements know it. */
export type IndexOption = 'index' | 'extra' | 'links' | 'requirements' | 'constraints';

/** Reads what commands say of sources as the lines of manifests. A scan does without it. */
export interface LineReader {
  /** @returns undefined where it says nothing: PyPI is asked anyway. */
  index(option: IndexOption | 'channel', value: MappedText): SourceLine | undefined;
  /** @returns undefined where no file of requirements takes it. */
  requirement(value: MappedText): SourceLine | undefined;
}

/** A part of a command, and the way from its offsets to those of the program. */
export interface MappedText {
  readonly text: string;
  readonly spanOf: (part: Span) => Span;
}

/** A word of a shell command without its quotes, or an operator. */
interface Word {
  readonly kind: 'word' | 'end' | 'redirection';
  readonly text: string;
  readonly start: number;
}

const installers =
  /^(?:pip(?:3(?:\.\d+)?)?|easy_install(?:-\d+(?:\.\d+)?)?|pipx|conda|mamba|micromamba|uvx?|poetry|pdm|pipenv|pixi)$/;
const channelled = /^(?:conda|mamba|micromamba|pixi)$/;
const actions = /^(?:install|add)$/;
/** What brings packages as the first word behind pip alone: elsewhere it may be the name of a package. */
const fetching = /^pip\S* (?:download|wheel)$/;
/** Tools whose first word, or whose first behind `uv tool`, is the program that they run. */
const running = /^(?:pipx|uv tool) run$/;
/** Options of pip, uv and conda that take their value from the next word. */
const valued =
  /^(?:-[rciftCnpb]|--(?:requirement|requirements|constraint|index-url|extra-index-url|index|default-index|find-links|target|prefix|root|src|trusted-host|proxy|timeout|retries|python|upgrade-strategy|no-binary|only-binary|platform|python-version|python-platform|implementation|abi|progress-bar|log|cache-dir|global-option|config-settings?|config-setting|build-option|cert|client-cert|exists-action|report|channel|name|file|solver|group|extra|override|upgrade-package|reinstall-package|no-build-isolation-package|no-build-package|no-binary-package|only-binary-package|feature|environment|source|branch|tag|rev|marker|with|from|dest|wheel-dir))$/;

/** Those of them, and variables of the environment, that say where packages come from, as files of requirements say it. */
const indexOptions: readonly (readonly [RegExp, IndexOption])[] = [
  [/^(?:-i|--(?:index-url|default-index))|^[!%]*(?:PIP_INDEX|UV_INDEX_URL|UV_DEFAULT_INDEX)/, 'index'],
  [/^--(?:extra-index-url|index)|^[!%]*(?:PIP_EXTRA_INDEX|UV_EXTRA_INDEX|UV_INDEX)/, 'extra'],
  [/^(?:-f|--find-links)|^[!%]*(?:PIP|UV)_FIND_LINKS/, 'links'],
  [/^(?:-r|--requirements?)/, 'requirements'],
  [/^(?:-c|--constraints?)/, 'constraints'],
];
const sourceVariable = /^[!%]*(?:PIP|UV)_(?:EXTRA_INDEX|DEFAULT_INDEX|INDEX|FIND_LINKS)(?:_URL)?(?:=|$)/;
const noIndex = /^(?:--no-index|[!%]*(?:PIP|UV)_NO_INDEX=(?:1|true|yes|on))$/i;
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
export function installsOf(text: string, span: Span, reader?: LineReader): readonly ParsedImport[] {
  return commandsIn(text, span, reader).flatMap(({ imports }) => imports);
}

/** @returns What the same commands install at once, with the indexes that they name. */
export function runsOf(text: string, span: Span): readonly InstallRun[] {
  return commandsIn(text, span).map(({ imports, addresses, noIndex: isWithout }) => {
    const named = imports.flatMap(({ target }) => (target.kind === 'package' ? [target.name] : []));
    const of = (option: IndexOption) =>
      addresses.filter(([name]) => name === option).map(([, address]) => address);
    return {
      kind: 'command',
      ecosystem: pypi.id,
      names: named.map((name) => pypi.canonical(name)),
      index: of('index').at(-1) ?? null,
      extra: of('extra'),
      noIndex: isWithout,
    };
  });
}

/** One command while its words are read. */
interface Command {
  readonly text: string;
  readonly imports: ParsedImport[];
  /** The indexes that it names, as written. */
  readonly addresses: (readonly [option: IndexOption, address: string])[];
  readonly reader: LineReader | undefined;
  /** The installer that it calls. */
  tool: string | undefined;
  /** The first word behind the installer that is no option. */
  subcommand: string | undefined;
  isInstalling: boolean;
  /** The option whose value comes next. */
  option: string | undefined;
  noIndex: boolean;
}

function newCommand(text: string, reader: LineReader | undefined): Command {
  const state = { tool: undefined, subcommand: undefined, isInstalling: false, option: undefined };
  return { text, imports: [], addresses: [], reader, noIndex: false, ...state };
}

/** What stands in parentheses or between backticks is a command of its own, and the one around it goes on behind. */
function commandsIn(text: string, span: Span, reader?: LineReader): readonly Command[] {
  const open: Command[] = [];
  let command = newCommand(text, reader);
  const commands = [command];
  const begin = () => {
    command = newCommand(text, reader);
    commands.push(command);
  };
  for (const word of words(text, span)) {
    if (word.kind !== 'end') {
      addWord(command, word);
      continue;
    }
    const outer = word.text === ')' || word.text === '`' ? open.pop() : undefined;
    if (outer !== undefined) {
      command = outer;
    } else if (word.text === '(' || word.text === '`') {
      if (command.option !== undefined && /[<>]/.test(command.option)) command.option = undefined;
      open.push(command);
      begin();
    } else begin();
    if (/[\r\n#]/.test(word.text)) open.length = 0;
  }
  return commands.filter(({ imports, addresses }) => imports.length + addresses.length > 0);
}

function addWord(command: Command, { kind, text: word, start }: Word): void {
  const { tool, option, isInstalling } = command;
  if (kind === 'redirection') {
    command.option = word;
  } else if (option !== undefined) {
    addOption(command, { option, value: word, start });
    command.option = undefined;
  } else if (noIndex.test(word)) {
    command.noIndex = true;
  } else if (sourceVariable.test(word) || (tool !== undefined && word.startsWith('-'))) {
    if (takesNext(word, command)) command.option = word;
    else addAttached(command, word, start);
  } else if (isInstalling) {
    addPackage(command, word, start);
    // Whatever else follows belongs to the program that `uvx` runs.
    if (tool === 'uvx') command.isInstalling = false;
  } else if (installers.test(baseName(word))) {
    beginTool(command, baseName(word));
  } else if (tool !== undefined) addSubcommand(command, tool, word);
}

/** Everything behind `uvx` and `easy_install` is a package, or the option of one. */
function beginTool(command: Command, tool: string): void {
  command.tool = tool;
  command.subcommand = undefined;
  command.isInstalling = tool === 'uvx' || tool.startsWith('easy_install');
}

function addSubcommand(command: Command, tool: string, word: string): void {
  const first = command.subcommand === undefined ? `${tool} ${word}` : '';
  if (running.test(first)) beginTool(command, 'uvx');
  else if (first === 'uv tool') command.tool = first;
  else {
    command.subcommand ??= word;
    command.isInstalling = actions.test(word) || fetching.test(first);
  }
}

/** Does an option take its value from the next word? To uv `-n` is a switch, and so are most before `install`. */
function takesNext(word: string, { tool, isInstalling }: Command): boolean {
  if (/^[!%]*\w+=?$/.test(word)) return true;
  if (word === '-n') return isInstalling && channelled.test(tool ?? '');
  // Where pip puts what it downloads and builds: to conda, a switch.
  if (/^-[dw]$/.test(word)) return isInstalling && /^pip(?!x)/.test(tool ?? '');
  return valued.test(word) && (isInstalling || /^-(?:-|i$)/.test(word));
}

/** A program without its folder, the sign of IPython before it, and `-m` of the Python that runs it (`-mpip`). */
function baseName(word: string): string {
  return word.replace(/^[!%]+|^.*[\\/]|^-[A-Za-z]*?m(?=[a-z])/g, '');
}

/**
 * Splits a command as a shell does, for as much as names of packages need; `x @ git+https://…` is one word also without
 * quotes. A comment ends it.
 */
function* words(text: string, { start, end }: Span): Generator<Word, void, undefined> {
  const expression =
    /([()`]|[;|&\r\n]+|#.*)|(\d{0,9}[<>]+&?)|"([^"\r\n]*)"?|'([^'\r\n]*)'?|([^\s"';|&()`<>]+(?:[ \t]{1,9}@[ \t]{1,9}[^\s"';|&()`<>]+)?)/g;
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

/** An option and its value. */
interface OptionValue {
  readonly option: string;
  readonly value: string;
  readonly start: number;
}

/** `--index-url=https://…`, `-cacme`. */
function addAttached(command: Command, word: string, start: number): void {
  const length = /^(?:--[\w-]+=|[!%]*\w+=|-\w)/.exec(word)?.[0].length ?? word.length;
  const [option, value] = [word.slice(0, length), word.slice(length)];
  if (value !== '') addOption(command, { option, value, start: start + length });
}

/** An option with an address, a channel or a package as its value. */
function addOption(command: Command, { option, value, start }: OptionValue): void {
  const { tool = '', imports, reader } = command;
  if (channelled.test(tool) && channels.test(option)) {
    const line = reader?.index('channel', mapped(value, start));
    if (!isUsualChannel(value)) imports.push(unclear(value, start, line));
  } else if (packages.test(option)) {
    if (/^uv(?:x| tool)?$/.test(tool)) addListed(command, value, start);
  } else {
    const indexOption = indexOptions.find(([pattern]) => pattern.test(option))?.[1];
    if (indexOption !== undefined) addAddresses(command, { value, start }, indexOption);
  }
}

const address = /(?:https?|ftp|file):\/\/\S*/gi;

/** uv writes a name before an address (`acme=https://…`), and variables hold several. */
function addAddresses(
  { imports, addresses, reader }: Command,
  { value, start }: Omit<OptionValue, 'option'>,
  option: IndexOption,
): void {
  const urls = [...value.matchAll(address)];
  for (const { 0: url, index } of urls) {
    addresses.push([option, url]);
    const line = reader?.index(option, mapped(url, start + index));
    if (reader === undefined || line !== undefined) imports.push(unclear(url, start + index, line));
  }
  if (urls.length === 0 && (option === 'index' || option === 'extra')) addresses.push([option, value]);
}

function mapped(text: string, at: number): MappedText {
  return { text, spanOf: ({ start, end }) => ({ start: at + start, end: at + end }) };
}

/** `--with a,b`. A version that a comma follows is cut in two, and its second part names nothing. */
function addListed(command: Command, value: string, start: number): void {
  for (const { 0: word, index } of value.matchAll(/[^,]+/g)) addPackage(command, word, start + index);
}

/** A name that stands with an address is a package, and what the address serves is anybody's guess. */
function addPackage({ text, tool, imports, reader }: Command, word: string, start: number): void {
  if (/[${}]/.test(word.replace(/:\/\/[^/?#]*@/, '://'))) {
    imports.push(unclear(word, start));
    return;
  }
  const matchSpec = channelled.test(tool ?? '') && BRACKETS.test(word) ? readMatchSpec(word) : null;
  if (matchSpec !== null) {
    addMatchSpec(imports, matchSpec, { word, start });
    return;
  }
  const isAddress = /^(?:[\w+.-]+:\/\/|git\+)/.test(word);
  const name = isAddress ? /[#&]egg=([\w.-]+)/.exec(word)?.[1] : packageIn(word);
  const isElsewhere = isAddress || /@\s*[a-z][a-z0-9+.-]*:\/\//i.test(word);
  const from = text.indexOf(name ?? '', start + Math.max(word.indexOf('::'), 0));
  const distribution = name !== undefined && channelled.test(tool ?? '') ? distributionOf(name) : name;
  const span = { start: from, end: from + (name ?? '').length };
  if (distribution !== undefined) imports.push(named(distribution, span));
  if (comesFromElsewhere(word)) imports.push(unclear(word, start));
  else if (isElsewhere) imports.push(unclear(word, start, reader?.requirement(mapped(word, start))));
}

/** `name[channel=own]`, and a name behind one colon, which conda reads as that of a package too. */
const BRACKETS = /^(?![\w+.-]+:\/\/)(?:.*\[|[\w./-]*:[\w./-]+$)/;

function addMatchSpec(
  imports: ParsedImport[],
  { names, channels: namedChannels, urls }: MatchSpec,
  { word, start }: { readonly word: string; readonly start: number },
): void {
  for (const { name, span } of names) {
    const distribution = distributionOf(name);
    if (distribution !== undefined)
      imports.push(named(distribution, { start: start + span.start, end: start + span.end }));
  }
  if (urls.length > 0 || namedChannels.some((channel) => !isUsualChannel(channel)))
    imports.push(unclear(word, start));
}

/** `acme::numpy` is a package of a channel. */
function comesFromElsewhere(word: string): boolean {
  const name = /^([\w./-]+)::/.exec(word)?.[1];
  return name !== undefined && !isUsualChannel(name);
}

function named(name: string, span: Span): ParsedImport {
  return { kind: 'static', target: { kind: 'package', ecosystem: pypi.id, name }, span, optional: false };
}

function unclear(expression: string, start: number, line?: SourceLine): ParsedImport {
  const span = { start, end: start + expression.length };
  const target = { kind: 'unclear', expression, ...(line !== undefined && { line }) } as const;
  return { kind: 'static', target, span, optional: false };
}

/** @returns The name of the package that a word of `pip install` asks for, or undefined for a local path. */
function packageIn(word: string): string | undefined {
  if (/^(?:\.|\/|~|[\w.-]+[\\/])|\.(?:whl|zip|tar\.gz)$/.test(word) && !/@\s*[a-z]/.test(word))
    return undefined;
  const name = distributionName(word.replace(/^[\w.-]+::/, ''));
  // `pip install --upgrade pip` brings nothing that is not there.
  return name === 'pip' ? undefined : name;
}
