import { pypi } from '../names.ts';
import type { DependencySource, RegistryUse } from '../../../model/manifest.ts';
import type { Span } from '../../../model/text.ts';
import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { withoutCredentials } from '../../shared/source-location.ts';
import { comparableAddress } from '../../../text/addresses.ts';
import { packagesOfExtras } from './extra-packages.ts';
import { hasPlaceholder } from '../../../text/placeholder.ts';
import { holdsWithin } from './markers.ts';
import { readRequirement } from './requirement.ts';
import type { TextNode } from '../../../documents/document.ts';
import { partSpan } from '../../../documents/document.ts';

/** What a requirement's own text doesn't say. */
export interface RequirementContext {
  readonly optional: boolean;
  /** The project's own name: a requirement for it, `name[extra]`, only joins its extras. */
  readonly ownName: string | undefined;
  /** Sources that another table of the manifest gives to a package, by canonical name. */
  readonly sources: ReadonlyMap<string, DependencySource>;
}

export const PLAIN: RequirementContext = { optional: false, ownName: undefined, sources: new Map() };

/** Adds the dependency that a requirement string declares, or what is wrong with the string. */
export function addRequirement(draft: ManifestBuilder, node: TextNode, context: RequirementContext): void {
  const spanOf = (part: Span): Span => partSpan(node, part);
  addRequirementText(draft, { text: node.value, spanOf }, context);
}

/** Adds what one line of a setuptools list declares: a comment may follow the requirement, or stand for it. */
export function addSetuptoolsLine(draft: ManifestBuilder, line: TextNode, context: RequirementContext): void {
  const comment = line.value.search(/(?<!\S)#/);
  const text = comment === -1 ? line.value : line.value.slice(0, comment);
  if (text.trim() === '' || REST_OF_MARKER.test(text)) return;
  addRequirementText(draft, { text, spanOf: (part) => partSpan(line, part) }, context);
}

/** What programs add to a requirement: `CFFI + " and os_name == 'nt'"`. No requirement has a word behind its name. */
const REST_OF_MARKER = /^\s*(?:and|or)\s+[a-z_'"(]/;

/** A requirement together with the way from its offsets to those of the manifest. */
export interface MappedText {
  readonly text: string;
  readonly spanOf: (part: Span) => Span;
}

/** Like `addRequirement`, for a text that is no string of a syntax tree. */
export function addRequirementText(
  draft: ManifestBuilder,
  { text, spanOf }: MappedText,
  context: RequirementContext,
): void {
  const reading = readRequirement(text);
  if (reading.kind === 'project') return;
  // What a template engine fills in is no requirement yet.
  const isTemplate = hasPlaceholder(text);
  if (reading.kind === 'unreadable') {
    if (isTemplate) return;
    const { message, offset } = reading.problem;
    draft.broken.push({ message, offset: spanOf({ start: offset, end: text.length }).start });
    return;
  }
  const { problem } = reading;
  if (problem !== null && !isTemplate) {
    draft.broken.push({
      message: problem.message,
      offset: spanOf({ start: problem.offset, end: text.length }).start,
    });
  }
  const name = reading.name === null ? null : pypi.canonical(reading.name);
  if (name !== null && name === context.ownName && reading.source.kind === 'registry') return;
  const tableSource = name === null ? undefined : context.sources.get(name);
  draft.dependencies.push({
    ecosystem: pypi.id,
    name,
    specifier: text.slice(reading.span.start, reading.span.end),
    source:
      reading.source.kind === 'registry' && tableSource !== undefined
        ? sourceWithin(tableSource, text)
        : reading.source,
    span: spanOf(reading.span),
    optional: context.optional,
    ...(reading.version !== null && { version: reading.version }),
  });
  addExtras(draft, {
    specifier: reading.name ?? '',
    extras: reading.extras,
    span: spanOf(reading.span),
    optional: context.optional,
  });
}

/** Adds the distributions that a requirement asks for by its extras, as far as their names tell: they come from the registry. */
export function addExtras(
  draft: ManifestBuilder,
  requirement: {
    /** Its name as written. */
    readonly specifier: string;
    readonly extras: readonly string[];
    readonly span: Span;
    readonly optional: boolean;
  },
): void {
  const { extras, ...line } = requirement;
  for (const name of packagesOfExtras(pypi.canonical(line.specifier), extras)) {
    const source = { kind: 'registry' } as const;
    draft.dependencies.push({ ecosystem: pypi.id, name, source, ...line, isOfExtra: true });
  }
}

/** A source that holds under a marker is the only one of a requirement that asks for no more. */
function sourceWithin(source: DependencySource, requirement: string): DependencySource {
  if (source.kind !== 'foreign' || source.within === undefined) return source;
  const { within, ...sourceWithoutCondition } = source;
  return holdsWithin(requirement, within) ? sourceWithoutCondition : source;
}

/** Adds a dependency whose name is a key of a table: `requests = "^2"`. */
export function addNamed(
  draft: ManifestBuilder,
  key: TextNode,
  {
    source,
    optional,
    version = null,
  }: { source: DependencySource; optional: boolean; version?: string | null },
): void {
  const { value: specifier, span } = key;
  draft.dependencies.push({
    ecosystem: pypi.id,
    name: pypi.canonical(specifier),
    specifier,
    source,
    span,
    optional,
    ...(version !== null && { version }),
  });
}

/** A line about an index or the like, in words, and what an index serves: nothing where it is none. */
export interface IndexLine {
  readonly what: string;
  readonly use?: RegistryUse;
}

export const INDEX: IndexLine = { what: 'an index', use: { kind: 'all' } };
export const EXTRA_INDEX: IndexLine = { what: 'an extra index', use: { kind: 'more' } };
export const SECOND_INDEX: IndexLine = { what: 'an index', use: { kind: 'more' } };
export const LINKS: IndexLine = { what: 'a place of archives' };
export const HOST: IndexLine = { what: 'a trusted host' };

/** @returns An index that serves what lines bind to it by its name or its address, and nothing else. */
export function explicitIndex(name: string | null): IndexLine {
  return { what: 'an explicit index', use: { kind: 'bound', name } };
}

/** Adds a line about an index or the like. PyPI itself, where packages come from anyway, is no line to be looked at. */
export function addIndex(
  draft: ManifestBuilder,
  { what, use }: IndexLine,
  { text, spanOf }: MappedText,
): void {
  if (text.trim() === '') return;
  if (isPypi(text)) {
    if (use !== undefined) draft.usualRegistries.push(use);
    return;
  }
  const value = withoutCredentials(text);
  const line = { what, value, span: spanOf({ start: 0, end: text.length }) };
  draft.registries.push(use === undefined ? line : { ...line, registry: { address: value.trim(), use } });
}

/** Like `addIndex`, for a string of a syntax tree. */
export function addIndexNode(draft: ManifestBuilder, line: IndexLine, node: TextNode): void {
  addIndex(draft, line, { text: node.value, spanOf: (part) => partSpan(node, part) });
}

/** @returns The source behind an index that a manifest refers to by its name or its URL. */
export function indexSource(index: string, urls: ReadonlyMap<string, string>): DependencySource {
  const url = urls.get(index) ?? index;
  if (isPypi(url) || (url === index && index.toLowerCase() === 'pypi')) return { kind: 'registry' };
  return { kind: 'foreign', what: 'another index', value: withoutCredentials(url), isIndex: true };
}

/** PyPI under its present and its former name (https://docs.pypi.org/api/index-api/). */
function isPypi(url: string): boolean {
  return /^https:\/\/pypi(?:\.python)?\.org\/(?:simple|pypi)$/i.test(comparableAddress(url.trim()));
}
