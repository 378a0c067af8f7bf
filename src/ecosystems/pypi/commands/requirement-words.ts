import type { CommandWord } from '../../../model/command.ts';
import type { ReadingBuilder } from '../../shared/command-reading.ts';
import { certainLength, partOfWord, spanOfWord } from '../../../shell/word.ts';
import { distributionName } from '../distribution-name.ts';
import { distributionOf } from '../manifests/conda-names.ts';
import { readMatchSpec } from '../manifests/match-spec.ts';
import { pypi } from '../names.ts';
import { matchSpecLine, requirementLine } from './source-lines.ts';

/** How a tool reads the packages that it is given, and the names of its own, which bring nothing that is not there. */
export interface RequirementForm {
  readonly ownPackages: readonly string[];
  /** As specifications of conda, which may name what is no distribution of Python. */
  readonly isConda: boolean;
  /** Where the command takes all that it names from, if not from an index. */
  readonly repository?: CommandWord;
}

/** Adds what a word of an installer asks for. Local paths bring nothing from a registry. */
export function addRequirementWord(builder: ReadingBuilder, word: CommandWord, form: RequirementForm): void {
  const { text } = word;
  if (isLocalPath(text)) return;
  if (isUntold(word)) builder.addUnclear(word);
  else if (form.isConda && BRACKETS.test(text)) addMatchSpec(builder, word, form);
  else if (isAddress(text)) addAddress(builder, word, form);
  else addNamed(builder, word, form);
}

/** `./x`, `~/x`, `dist/x.whl`, `dist/*.whl`: what stands in the file system. An address may stand behind a name. */
function isLocalPath(text: string): boolean {
  if (isAddress(text) || /@\s*[a-z]/i.test(text)) return false;
  const body = text.replace(/\[[^[\]]*\]$/, '');
  return (
    /^(?:\.|\/|~|[\w.-]+[\\/]|[A-Za-z]:\\)/.test(body) || /\.(?:whl|zip|tar\.gz|tar\.bz2|tgz)$/.test(body)
  );
}

function isAddress(text: string): boolean {
  return /^(?:[\w+.-]+:\/\/|git\+)/.test(text);
}

/** Only a run can tell the name: what is filled in stands in it, or in an address, but for the login. */
function isUntold(word: CommandWord): boolean {
  const { text, dynamic } = word;
  if (dynamic.length === 0) return false;
  const address = /(?:^|@\s*)[\w+.-]+:\/\//.exec(text);
  if (address === null) return !isNameWithin(text, certainLength(word));
  const host = address.index + address[0].length;
  const login = /^[^/?#]*@/.exec(text.slice(host))?.[0].length ?? 0;
  // The revision of a repository is no part of where it is.
  const path = host + login;
  const revision = address[0].includes('git+') ? text.indexOf('@', path) : -1;
  return dynamic.some(
    ({ start, end }) => start < host || (end > path && (revision < 0 || start <= revision)),
  );
}

/** Does a name end before an offset, with what parts it from a version behind it? */
function isNameWithin(text: string, certain: number): boolean {
  const name = distributionName(text.replace(/^[\w./-]+::/, ''));
  if (name === undefined) return false;
  const end = text.indexOf(name, Math.max(0, text.indexOf('::'))) + name.length;
  return end < certain;
}

function addAddress(builder: ReadingBuilder, word: CommandWord, form: RequirementForm): void {
  const egg = /[#&]egg=([\w.-]+)/.exec(word.text);
  const name = egg?.[1];
  if (egg !== null && name !== undefined) {
    const start = egg.index + egg[0].length - name.length;
    addName(builder, { name, word, start }, form);
  }
  builder.addUnclear(word, requirementLine(word));
}

function addNamed(builder: ReadingBuilder, word: CommandWord, form: RequirementForm): void {
  const { text } = word;
  const channel = /^([\w./-]+)::/.exec(text);
  const start = channel === null ? 0 : channel[0].length;
  const name = distributionName(text.slice(start));
  if (name === undefined || !pypi.valid(name)) return;
  addName(builder, { name, word, start: text.indexOf(name, start) }, form);
  if (channel !== null) addMatchSpecLine(builder, word);
  else if (/@\s*[a-z][a-z0-9+.-]*:\/\//i.test(text)) builder.addUnclear(word, requirementLine(word));
}

interface Name {
  readonly name: string;
  readonly word: CommandWord;
  readonly start: number;
}

function addName(
  builder: ReadingBuilder,
  { name, word, start }: Name,
  { ownPackages, isConda, repository }: RequirementForm,
): void {
  const distribution = isConda ? distributionOf(name) : name;
  if (distribution === undefined || ownPackages.includes(pypi.canonical(distribution))) return;
  const span = word.spanOf({ start, end: start + name.length });
  builder.addPackage(distribution, span);
  if (repository === undefined) return;
  const text = `${name} @ git+${repository.text.replace(/^git\+/, '')}`;
  const spanOf = () => span;
  builder.addUnclear(repository, requirementLine({ text, dynamic: [], spanOf }));
}

/** `name[channel=own]`, and a name behind one colon, which conda reads as that of a package too. */
const BRACKETS = /^(?![\w+.-]+:\/\/)(?:.*\[|[\w./-]*:[\w./-]+$)/;

function addMatchSpec(builder: ReadingBuilder, word: CommandWord, form: RequirementForm): void {
  const spec = readMatchSpec(word.text);
  if (spec === null) {
    addNamed(builder, word, form);
    return;
  }
  for (const { name, span } of spec.names) {
    const distribution = distributionOf(name);
    if (distribution !== undefined && !form.ownPackages.includes(pypi.canonical(distribution)))
      builder.addPackage(distribution, word.spanOf(span));
  }
  addMatchSpecLine(builder, word);
}

function addMatchSpecLine(builder: ReadingBuilder, word: CommandWord): void {
  const line = matchSpecLine(word);
  if (line !== undefined) builder.addUnclear(word, line);
}

/**
 * @returns The words with `name @ address` as one, which people write without quotes.
 */
export function withAddressesJoined(words: readonly CommandWord[]): readonly CommandWord[] {
  const joined: CommandWord[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [word, sign, address] = words.slice(at, at + 3);
    if (word === undefined) break;
    if (sign?.text !== '@' || address === undefined) joined.push(word);
    else {
      joined.push(joinedWord(word, address));
      at += 2;
    }
  }
  return joined;
}

function joinedWord(name: CommandWord, address: CommandWord): CommandWord {
  const shift = name.text.length + 3;
  const whole = { start: spanOfWord(name).start, end: spanOfWord(address).end };
  return {
    text: `${name.text} @ ${address.text}`,
    dynamic: [
      ...name.dynamic,
      ...address.dynamic.map(({ start, end }) => ({ start: start + shift, end: end + shift })),
    ],
    spanOf: ({ start, end }) => {
      if (end <= name.text.length) return name.spanOf({ start, end });
      if (start >= shift) return address.spanOf({ start: start - shift, end: end - shift });
      return whole;
    },
  };
}

/** `--with a,b`. A version that a comma follows is cut in two, and its second part names nothing. */
export function listedWords(word: CommandWord): readonly CommandWord[] {
  return [...word.text.matchAll(/[^,]+/g)].map(({ 0: part, index }) =>
    partOfWord(word, index, index + part.length),
  );
}
