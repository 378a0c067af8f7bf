import { COMMAND_LANGUAGE } from '../model/commands-setting.ts';
import type { Contained, ContainerFormat, Language, Segment } from '../model/language.ts';
import { decodeText } from '../text/decode.ts';
import { interpreterOf } from './interpreter-lines.ts';

/** The languages and containers that program text is read in. */
export interface SourceKinds {
  readonly languages: readonly Language[];
  readonly containers: readonly ContainerFormat[];
  /** Could commands in a text install something? A quick look at its words; left out where every text is read. */
  readonly mayInstall?: (text: string) => boolean;
  /** Nobody sees what any command asks. Left out: what runs a file tells (`isUnattended` of its format). */
  readonly isUnattended?: true;
}

/** How the program text of one file is found. */
export type TextKind =
  | { readonly kind: 'language'; readonly language: Language; readonly dialect: string }
  | { readonly kind: 'container'; readonly format: ContainerFormat }
  | { readonly kind: 'script' };

/** What a version ends with is no extension: `tool-1.2`. */
const VERSION = /^\d*$/;

/**
 * Tells by its name how a file is read. A file without an extension may be a script: its `#!` line
 * decides. A name that begins with its only dot has none.
 *
 * @returns undefined for a file that holds no program text of a known language.
 */
export function kindOf(path: string, { languages, containers }: SourceKinds): TextKind | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const extension = dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
  const hasVersion = VERSION.test(extension);
  const language = hasVersion
    ? undefined
    : languages.find(({ extensions }) => extensions.includes(extension));
  if (language) return { kind: 'language', language, dialect: extension };
  const named = containers.find(({ commands }) => commands?.matches(path) === true);
  if (named) return { kind: 'container', format: named };
  if (hasVersion) return { kind: 'script' };
  const format = containers.find(({ extensions }) => extensions.includes(extension));
  return format && { kind: 'container', format };
}

/**
 * @returns Whether a file holds program text of a language by its name. What only holds commands is no program, and may be
 *   whatever else its name says.
 */
export function isProgramName(path: string, kinds: SourceKinds): boolean {
  const kind = kindOf(path, kinds);
  return kind !== undefined && kind.kind !== 'script' && !isCommandFile(path, kinds);
}

/** @returns Whether a file holds commands by its name, and no program of another language. */
export function isCommandFile(path: string, kinds: SourceKinds): boolean {
  const kind = kindOf(path, kinds);
  return kind?.kind === 'language'
    ? kind.language.id === COMMAND_LANGUAGE
    : kind?.kind === 'container' && kind.format.commands !== undefined;
}

/** @returns The text of a file: in the encoding that its program declares, else as any text is read. A byte-order mark decides. */
export function programText(bytes: Uint8Array, kind: TextKind, kinds: SourceKinds): string {
  const text = decodeText(bytes);
  if (bytes[0] !== text.charCodeAt(0)) return text;
  const language = kind.kind === 'script' ? languageOfScript(text, kinds) : languageOfName(kind);
  const label = language?.encoding?.(text);
  return label === undefined ? text : new TextDecoder(label).decode(bytes);
}

function languageOfName(kind: TextKind): Language | undefined {
  return kind.kind === 'language' ? kind.language : undefined;
}

/**
 * @param text Of a file whose name tells no language.
 * @returns The language of the interpreter that its `#!` line names; undefined where there is none, or it is another one's.
 */
export function languageOfScript(text: string, { languages }: SourceKinds): Language | undefined {
  const interpreter = interpreterOf(text);
  return interpreter === undefined
    ? undefined
    : languages.find((candidate) => candidate.interpreter.test(interpreter));
}

/** @returns Whether a file without an ending begins as a program of a known language. */
export function isScript(start: Uint8Array, kinds: SourceKinds): boolean {
  return languageOfScript(decodeText(start), kinds) !== undefined;
}

/** @returns The program text that a file holds, in pieces of one language each. */
export async function contentsOf(text: string, kind: TextKind, kinds: SourceKinds): Promise<Contained> {
  const contained = await containedIn(text, kind, kinds);
  return kinds.isUnattended === true ? unattended(contained) : contained;
}

async function containedIn(text: string, kind: TextKind, kinds: SourceKinds): Promise<Contained> {
  switch (kind.kind) {
    case 'container':
      return mayHoldPrograms(text, kind.format, kinds)
        ? contentsIn(kind.format, text)
        : { segments: [], broken: null };
    case 'language':
      return whole(text, kind.language, kind.dialect);
    case 'script': {
      const language = languageOfScript(text, kinds);
      return language ? whole(text, language, language.extensions[0] ?? '') : { segments: [], broken: null };
    }
  }
}

async function contentsIn(format: ContainerFormat, text: string): Promise<Contained> {
  const contained = await (await format.container()).contents(text);
  return format.commands?.isUnattended === true ? unattended(contained) : contained;
}

/** Nobody sees what its commands ask. */
function unattended(contained: Contained): Contained {
  return { ...contained, segments: contained.segments.map((segment) => ({ ...segment, unattended: true })) };
}

/** What spells letters by their numbers may spell any word. */
const HIDDEN_LETTER = /\\(?:x[2-7]|u00[2-7]|U000000[2-7])/;

/** A look that loads nothing: most files of commands install nothing. */
function mayHoldPrograms(text: string, { commands }: ContainerFormat, { mayInstall }: SourceKinds): boolean {
  if (commands === undefined || mayInstall === undefined) return true;
  return mayInstall(text) || HIDDEN_LETTER.test(text) || commands.otherPrograms?.test(text) === true;
}

function whole(text: string, language: Language, dialect: string): Contained {
  const segment: Segment = { language: language.id, text, dialect, at: { kind: 'offset', start: 0 } };
  return { segments: [segment], broken: null };
}
