import { packageOf } from '../ecosystems/index.ts';
import type {
  Language,
  Parsed,
  Rejection,
  Resolution,
  ResolveRequest,
  Resolver,
  Segment,
  Source,
} from '../model/language.ts';
import type { ImportedName, Origin, ParsedImport, Reference } from '../model/reference.ts';
import type { Span } from '../model/text.ts';
import { ignoreReason, mayIgnore } from './ignored-lines.ts';
import { moduleWrittenBy } from './written-modules.ts';
import { detached } from '../text/detached.ts';
import { LineIndex } from '../text/lines.ts';
import { spanInFile } from '../text/segment-span.ts';

/** The parts that turn text into references, for the state of the project that the text belongs to. */
export interface ReferenceParser {
  readonly languages: readonly Language[];
  readonly resolver: (language: Language) => Resolver;
  readonly parse: (language: Language, source: Source) => Promise<Parsed>;
}

/** A problem of the parser, at its offset in the file (in a notebook: in its cell). */
export interface Broken {
  readonly message: string;
  readonly cause: Rejection['cause'];
  readonly line: number;
  readonly column: number;
  /** The notebook's cell that lines and columns count in; null in every other file. */
  readonly cell: number | null;
  /** Were all imports found that can be there? */
  readonly isAccountedFor: boolean;
}

type FoundReference = Reference & { readonly language: string };

/** The references of one file's text, in the order in which they stand. */
export interface ReadReferences {
  readonly references: readonly FoundReference[];
  readonly broken: readonly Broken[];
  /** What in rejected text only a parser could tell. */
  readonly doubts: readonly FoundReference[];
  /** What a quick look sees in text that is too long to be parsed, be it code or not. */
  readonly glimpsed: readonly FoundReference[];
  /** Files that the program writes when it runs, from the root: those behind a text may be imported there. */
  readonly writtenModules: readonly string[];
}

/** UTF-16 code units; longer programs, and longer cells of a notebook, are scanned and not parsed. */
const LONGEST = 2 * 1024 * 1024;

/**
 * Parses the segments of a file and resolves what they import.
 *
 * @param path Where the text stands, for resolution.
 * @param text The whole file: places count its lines.
 */
export async function readReferences(
  file: { path: string; text: string; segments: readonly Segment[] },
  reader: ReferenceParser,
): Promise<ReadReferences> {
  const references: FoundReference[] = [];
  const broken: Broken[] = [];
  const doubts: FoundReference[] = [];
  const glimpsed: FoundReference[] = [];
  const writtenModules: string[] = [];
  const lines = new LineIndex(file.text);
  const isIgnoring = mayIgnore(file.text);
  for (const segment of file.segments) {
    const language = reader.languages.find(({ id }) => id === segment.language);
    if (!language) continue;
    const locate = locatorOf(segment, lines);
    const circumstances = { file: file.path, writtenModules: [...writtenModules] };
    const sign = isIgnoring ? language.lineComment : null;
    const isUnattended = segment.unattended === true;
    const resolver = reader.resolver(language);
    const common = { language, resolver, circumstances, locate, sign, isUnattended };
    const module = moduleWrittenBy(language, segment, file.path);
    if (module !== undefined) writtenModules.push(module);
    if (segment.text.length > LONGEST) {
      const glimpse = await (await language.parser()).glance(segment);
      const part = { ...common, approximate: true };
      for (const reference of await referencesOf([...glimpse.imports, ...glimpse.doubts], part))
        glimpsed.push(reference);
      continue;
    }
    const parsed = await reader.parse(language, segment);
    const part = { ...common, approximate: parsed.broken?.approximate ?? false };
    const imports = segment.page ? parsed.imports.filter((each) => !isAmdCall(each)) : parsed.imports;
    for (const reference of await referencesOf(imports, part)) references.push(reference);
    if (parsed.broken === null || segment.template) continue;
    const { message, cause, offset, form } = parsed.broken;
    // Nobody can mend what is no mistake, so what only a parser could tell of it is told as such.
    const isKnown = form !== undefined;
    const isComplete = isKnown || isAccountedFor(parsed);
    broken.push({
      message: isKnown ? `it is ${form}` : message,
      cause,
      ...startOf(locate, offset),
      isAccountedFor: isComplete,
    });
    const unclear = await referencesOf(parsed.broken.doubts, part);
    for (const doubt of unclear) (isKnown ? references : doubts).push(doubt);
  }
  const all = withOwnSources(isRepeated(file.segments) ? distinct(references) : references);
  return { references: all, broken, doubts, glimpsed, writtenModules };
}

/** Parts of a file may belong to several segments: a variable that is set for each of its commands. */
function isRepeated(segments: readonly Segment[]): boolean {
  return segments.some(({ at }) => at.kind === 'pieces');
}

/** Of what stands at one place and leads to the same, one is enough. */
function distinct(references: readonly FoundReference[]): readonly FoundReference[] {
  const keys = new Set<string>();
  return references.filter(({ place, kind, specifier, origin }) => {
    const key = JSON.stringify([place, kind, specifier, origin]);
    return keys.size < keys.add(key).size;
  });
}

/** What a program takes from elsewhere says what its imports of the same packages are. */
function withOwnSources(references: readonly FoundReference[]): readonly FoundReference[] {
  const dependencies = references.flatMap(({ origin }) =>
    origin.kind === 'unknown' && origin.line?.kind === 'dependency' ? [origin.line.dependency] : [],
  );
  if (dependencies.length === 0) return references;
  return references.map((reference) => {
    const { origin } = reference;
    return origin.kind === 'package'
      ? { ...reference, origin: { ...origin, lines: dependencies } }
      : reference;
  });
}

/** Where no parser was needed to tell what is imported, none is missed. */
function isAccountedFor({ imports, broken }: Parsed): boolean {
  return broken?.doubts.length === 0 && !imports.some(({ target }) => target.kind === 'unclear');
}

/** `require(['a', 'b'], f)` of AMD (https://github.com/amdjs/amdjs-api/blob/master/require.md): Node takes no list. */
function isAmdCall({ kind, target }: ParsedImport): boolean {
  return kind === 'require' && target.kind === 'unclear' && target.expression.startsWith('[');
}

/** What references are made with: their language, file and places. */
interface Part {
  readonly language: Language;
  readonly resolver: Resolver;
  /** What every import of the text is resolved with. */
  readonly circumstances: Pick<ResolveRequest, 'file' | 'writtenModules'>;
  readonly locate: Locate;
  /** What begins a comment; null where the file holds none that ignores anything. */
  readonly sign: string | null;
  readonly approximate: boolean;
  /** No person could refuse what its commands are about to fetch. */
  readonly isUnattended: boolean;
}

async function referencesOf(imports: readonly ParsedImport[], part: Part): Promise<FoundReference[]> {
  const { language, approximate, locate, sign } = part;
  const specifiers = imports.map(specifierOf);
  const resolved = await Promise.all(
    imports.map((parsedImport, at) => originsOf(parsedImport, specifiers[at] ?? '', part)),
  );
  return imports.flatMap((parsedImport, at) => {
    const { kind, optional, target } = parsedImport;
    const common = {
      language: language.id,
      kind,
      form:
        target.kind === 'package' || target.kind === 'program' ? ('package' as const) : ('module' as const),
      optional,
      approximate,
      specifier: specifiers[at] ?? '',
    };
    return (resolved[at] ?? []).map(({ origin, names, span, ...facts }) => {
      const reference = {
        ...common,
        ...facts,
        names,
        origin: origin.kind === 'missing' && (optional || approximate) ? doneWithout : origin,
        ...locate(span),
      };
      const reason = sign === null ? null : ignoreReason(reference, sign);
      return reason === null ? reference : { ...reference, ignoreReason: reason };
    });
  });
}

/** A program that handles the absence of a module works without it, and what may stand in a comment asks for none. */
const doneWithout: Origin = { kind: 'local', file: null };

type Locate = (span: Span) => Pick<Reference, 'place' | 'excerpt'>;

function locatorOf({ at, text }: Segment, lines: LineIndex): Locate {
  const cellLines = at.kind === 'cell' ? new LineIndex(text) : lines;
  const cell = at.kind === 'cell' ? at.cell : null;
  return (span) => {
    const place = cellLines.place(spanInFile(at, span), cell);
    return { place, excerpt: cellLines.excerpt(place.line) };
  };
}

function startOf(locate: Locate, offset: number): Pick<Broken, 'line' | 'column' | 'cell'> {
  const { line, column, cell } = locate({ start: offset, end: offset }).place;
  return { line, column, cell };
}

/** What an import names: answers about it are kept, and the text of its file is not. */
function specifierOf({ target }: ParsedImport): string {
  switch (target.kind) {
    case 'literal':
      return detached(target.specifier);
    case 'package':
    case 'program':
      return detached(target.name);
    case 'unclear':
      return detached(target.expression);
  }
}

/** Why nobody can tell where an import leads that is not written as a literal. */
export const notALiteral = 'its name is not a literal';

function unclearOrigin({ line }: Extract<ParsedImport['target'], { kind: 'unclear' }>): Origin {
  const origin = { kind: 'unknown', reason: notALiteral } as const;
  return line === undefined ? origin : { ...origin, line };
}
/** Where an import leads, and what is shown of it in place of the expression. */
type Located = Resolution & { readonly span: Span; readonly specifier?: string };

/** Where an import leads; the names of one `from` import can lead to several packages. */
async function originsOf(
  parsedImport: ParsedImport,
  specifier: string,
  { resolver, circumstances, isUnattended }: Part,
): Promise<readonly Located[]> {
  const { target, span, kind, omission, optional } = parsedImport;
  switch (target.kind) {
    case 'unclear': {
      const headOrigins = await originsOfHead(target.head, { ...parsedImport, resolver, circumstances });
      return headOrigins ?? [{ origin: unclearOrigin(target), names: [], span }];
    }
    case 'package': {
      const { ecosystem, alternatives = [] } = target;
      const origin = {
        kind: 'package',
        package: packageOf(ecosystem, specifier),
        alternatives: alternatives.map((name) => packageOf(ecosystem, detached(name))),
      } as const;
      return [{ origin, names: [], span }];
    }
    case 'program': {
      const { ecosystem, isAsked } = target;
      const program = { ecosystem, isAsked: isAsked && !isUnattended };
      const resolved = await resolver.resolve({ ...circumstances, specifier, names: [], kind, program });
      return resolved.map((resolution) => ({ ...resolution, span }));
    }
    case 'literal': {
      const names = target.names.map(({ name }) => detached(name));
      const resolved = await resolver.resolve({
        ...circumstances,
        specifier,
        names,
        kind,
        omission,
        optional,
        ...(target.isOpen && { isOpen: true }),
      });
      if (resolved.length < 2) return resolved.map((resolution) => ({ ...resolution, span }));
      return resolved.map((resolution) => ({
        ...resolution,
        span: spanOf(resolution.names, target.names) ?? span,
      }));
    }
  }
}

/** @returns Where a name leads by what it begins with; undefined where that does not tell. */
async function originsOfHead(
  head: string | undefined,
  {
    resolver,
    circumstances,
    kind,
    span,
  }: Pick<ParsedImport, 'kind' | 'span'> & Pick<Part, 'resolver' | 'circumstances'>,
): Promise<readonly Located[] | undefined> {
  if (head === undefined) return undefined;
  const resolved = await resolver.resolve({
    ...circumstances,
    specifier: head,
    names: [],
    kind,
    isHead: true,
  });
  if (resolved.length === 0 || resolved.some(({ origin }) => origin.kind === 'unknown')) return undefined;
  return resolved.map((resolution) => ({ ...resolution, span, specifier: head }));
}

/** Where an import is split by its names, each part stands at its first name. */
function spanOf(names: readonly string[], importedNames: readonly ImportedName[]): Span | undefined {
  return importedNames.find(({ name }) => names.includes(name))?.span;
}
