import { packageOf } from '../ecosystems/index.ts';
import type { Language, Parsed, Resolution, Resolver, Segment, Source } from '../model/language.ts';
import type { ImportedName, ParsedImport, Reference } from '../model/reference.ts';
import type { Span } from '../model/text.ts';
import { LineIndex } from '../text/lines.ts';

/** The parts that turn text into references, for the state of the project that the text belongs to. */
export interface Reader {
  readonly languages: readonly Language[];
  readonly resolver: (language: Language) => Resolver;
  readonly parse: (language: Language, source: Source) => Promise<Parsed>;
}

/** A problem of the parser, at its offset in the file (in a notebook: in its cell). */
export interface Broken {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  /** The notebook's cell that lines and columns count in; null in every other file. */
  readonly cell: number | null;
}

/** The references of one file's text, in the order in which they stand. */
export interface ReadReferences {
  readonly references: readonly (Reference & { readonly language: string })[];
  readonly broken: readonly Broken[];
}

/**
 * Parses the segments of a file and resolves what they import.
 *
 * @param path Where the text stands, for resolution.
 * @param text The whole file: places count its lines.
 */
export async function readReferences(
  file: { path: string; text: string; segments: readonly Segment[] },
  reader: Reader,
): Promise<ReadReferences> {
  const references: ReadReferences['references'][number][] = [];
  const broken: Broken[] = [];
  const lines = new LineIndex(file.text);
  for (const segment of file.segments) {
    const language = reader.languages.find(({ id }) => id === segment.language);
    if (!language) continue;
    const parsed = await reader.parse(language, segment);
    const locate = locatorOf(segment, lines);
    if (parsed.broken && !segment.template)
      broken.push({
        message: parsed.broken.message,
        ...startOf(locate, parsed.broken.offset),
      });
    const approximate = parsed.broken?.approximate ?? false;
    const part = { language, resolver: reader.resolver(language) };
    const resolved = await Promise.all(parsed.imports.map((found) => originsOf(found, file.path, part)));
    for (const [at, found] of parsed.imports.entries()) {
      const { kind, optional } = found;
      const common = { language: language.id, kind, optional, approximate, specifier: specifierOf(found) };
      for (const { origin, names, span } of resolved[at] ?? []) {
        references.push({ ...common, names, origin, ...locate(span) });
      }
    }
  }
  return { references, broken };
}

type Locate = (span: Span) => Pick<Reference, 'place' | 'excerpt'>;

function locatorOf({ at, text }: Segment, lines: LineIndex): Locate {
  const own = at.kind === 'cell' ? new LineIndex(text) : lines;
  const [start, cell] = at.kind === 'cell' ? [0, at.cell] : [at.start, null];
  return (span) => {
    const place = own.place({ start: span.start + start, end: span.end + start }, cell);
    return { place, excerpt: own.excerpt(place.line) };
  };
}

function startOf(locate: Locate, offset: number): Omit<Broken, 'message'> {
  const { line, column, cell } = locate({ start: offset, end: offset }).place;
  return { line, column, cell };
}

function specifierOf({ target }: ParsedImport): string {
  switch (target.kind) {
    case 'literal':
      return target.specifier;
    case 'package':
      return target.name;
    case 'unclear':
      return target.expression;
  }
}

/** Why nobody can tell where an import leads that is not written as a literal. */
export const notLiteral = 'its name is not a literal';

/** Where an import leads; the names of one `from` import can lead to several packages. */
async function originsOf(
  found: ParsedImport,
  file: string,
  { language, resolver }: { language: Language; resolver: Resolver },
): Promise<(Resolution & { span: Span })[]> {
  const { target, span, kind } = found;
  switch (target.kind) {
    case 'unclear':
      return [{ origin: { kind: 'unknown', reason: notLiteral }, names: [], span }];
    case 'package': {
      const origin = {
        kind: 'package',
        package: packageOf(language.ecosystem, target.name),
        alternatives: [],
      } as const;
      return [{ origin, names: [], span }];
    }
    case 'literal': {
      const names = target.names.map(({ name }) => name);
      const resolved = await resolver.resolve({ file, specifier: target.specifier, names, kind });
      if (resolved.length < 2) return resolved.map((resolution) => ({ ...resolution, span }));
      return resolved.map((resolution) => ({
        ...resolution,
        span: spanOf(resolution.names, target.names) ?? span,
      }));
    }
  }
}

/** Where an import is split by its names, each part stands at its first name. */
function spanOf(names: readonly string[], written: readonly ImportedName[]): Span | undefined {
  return written.find(({ name }) => names.includes(name))?.span;
}
