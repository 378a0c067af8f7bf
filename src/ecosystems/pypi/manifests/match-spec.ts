import type { Span } from '../../../model/text.ts';

/** One name of a specification, and where it stands. */
interface NamePart {
  readonly name: string;
  readonly span: Span;
}

/** What a match specification asks for. */
export interface MatchSpec {
  /** More than one where brackets name another: conda obeys those, other programs read over them. */
  readonly names: readonly NamePart[];
  /** The channels that it names, before the name and in brackets. */
  readonly channels: readonly string[];
  /** The addresses of archives that its brackets name. */
  readonly urls: readonly string[];
}

/**
 * Reads a match specification of conda, `channel::name=version=build`, `name[version='>=1', channel=c]`
 * (https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html#package-match-specifications), in the
 * order of conda: a comment goes, and so does a condition; brackets say more than what stands before them; what remains
 * without brackets is split at its last two colons
 * (`_parse_spec_str` in https://github.com/conda/conda/blob/main/conda/models/match_spec.py, read on 2026-11-30).
 *
 * @returns null where it is none, or where it stands for packages of several names (`num*`).
 */
export function readMatchSpec(text: string): MatchSpec | null {
  const [spec = ''] = text.split(/#| if /, 1);
  const fields = fieldsIn(spec);
  const plain = spec.replace(GROUP, '');
  const [channel, firstName] = partsOf(plain);
  const bracketNames = fields.filter(({ key }) => key === 'name');
  if (bracketNames.some(({ value }) => !NAME.test(value))) return null;
  if (firstName === undefined && (bracketNames.length === 0 || !/(?:^|:)\s*\*\s*$/.test(plain))) return null;
  const names = bracketNames.map(({ value, span }) => ({ name: value, span }));
  const valuesOf = (name: string) => fields.flatMap(({ key, value }) => (key === name ? [value] : []));
  return {
    names:
      firstName === undefined
        ? names
        : [{ name: firstName, span: placeOf(firstName, spec, plain) }, ...names],
    channels: [...valuesOf('channel'), ...(channel === undefined ? [] : [channel])],
    urls: valuesOf('url'),
  };
}

const NAME = /^[a-z0-9_.-]+$/i;

/** Brackets and parentheses, which conda takes out wherever they stand. */
const GROUP = /\[[^[\]]*\]|\([^()]*\)/g;

/** The channel and the name; a name is followed by a blank, a comparison or nothing. */
function partsOf(plain: string): readonly [channel: string | undefined, name: string | undefined] {
  const colon = plain.lastIndexOf(':');
  const earlierColon = colon <= 0 ? -1 : plain.lastIndexOf(':', colon - 1);
  const name = /^\s*([a-z0-9_.-]+)(?=[\s=<>!~]|$)/i.exec(plain.slice(colon + 1))?.[1];
  return [earlierColon < 0 ? undefined : plain.slice(0, earlierColon).trim(), name];
}

/** Where the name stands; as a whole where brackets stand before its end. */
function placeOf(name: string, spec: string, plain: string): Span {
  const start = plain.indexOf(name, plain.lastIndexOf(':') + 1);
  const end = start + name.length;
  return spec.slice(0, end) === plain.slice(0, end) ? { start, end } : { start: 0, end: spec.length };
}

interface Field {
  readonly key: string;
  readonly value: string;
  readonly span: Span;
}

/** `key=value` in brackets, with or without quotes. */
function fieldsIn(spec: string): readonly Field[] {
  return [...spec.matchAll(/\[[^[\]]*\]/g)].flatMap(({ 0: group, index }) =>
    [...group.matchAll(FIELD)].map(
      ({ 0: field, 1: key = '', 2: double, 3: single, 4: bare = '', index: at }) => {
        const value = double ?? single ?? bare;
        const end = index + at + field.length - (value === bare ? 0 : 1);
        return { key, value, span: { start: end - value.length, end } };
      },
    ),
  );
}

const FIELD = /(?<![\w-])([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^'",\]\s]*))/g;
