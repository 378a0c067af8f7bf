import { parse } from 'smol-toml';
import { newManifest } from '../../ecosystems/shared/manifest-builder.ts';
import { TomlReader } from '../../documents/toml-reader.ts';
import { partSpan, textsAt, type Node, type TextNode } from '../../documents/document.ts';
import {
  addRequirement,
  PLAIN,
  type RequirementContext,
} from '../../ecosystems/pypi/manifests/python-dependencies.ts';
import { addUv } from '../../ecosystems/pypi/manifests/uv.ts';
import { uvSources } from '../../ecosystems/pypi/manifests/uv-sources.ts';
import type { ProgramManifest } from '../../model/language.ts';
import { pypi } from '../../ecosystems/pypi/names.ts';
import type { Dependency } from '../../model/manifest.ts';
import type { ImportTarget, InstallRun, ParsedImport } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import { distributionName } from '../../ecosystems/pypi/distribution-name.ts';

/** What a file says about the packages that it wants to run with. */
export interface ScriptMetadata {
  readonly imports: readonly ParsedImport[];
  readonly broken: { readonly message: string; readonly offset: number } | null;
}

/**
 * The parts of PEP 723's expression for a block of inline metadata, for `\n` and `\r\n` line ends
 * (https://packaging.python.org/en/latest/specifications/inline-script-metadata/).
 */
const opening = /(?<![^\n])# \/\/\/ script[ \t]*\r?\n/g;
const commentLine = /#(?: [^\r\n]*)?(?:\r?\n|$(?![^]))/y;
const closing = /# \/\/\/[ \t]*(?:\r?\n|$(?![^]))/y;
const commentSign = /(?<![^\n])# ?/g;

/** Reads the `dependencies` of a file's script metadata. `broken` says where the block is no TOML. */
export function scriptMetadata(text: string): ScriptMetadata {
  const imports: ParsedImport[] = [];
  let broken: ScriptMetadata['broken'] = null;
  if (!text.includes('# /// script')) return { imports, broken };
  for (const { offset, start, content } of blocksOf(text)) {
    const read = importsOf(content);
    if (read.kind === 'broken') broken ??= { message: read.message, offset };
    else for (const parsedImport of read.imports) imports.push(moved(parsedImport, start));
  }
  return { imports, broken };
}

/** @returns The script metadata of a file as TOML. */
export function metadataRuns(text: string): readonly InstallRun[] {
  if (!text.includes('# /// script')) return [];
  return [...blocksOf(text)].map(({ content }) => ({
    kind: 'metadata',
    text: content.replace(commentSign, ''),
  }));
}

/** @returns What a file's script metadata says as a manifest, where it is TOML. */
export function metadataManifest(text: string): ProgramManifest {
  if (!text.includes('# /// script')) return { dependencies: [], registries: [] };
  const manifests = [...blocksOf(text)].map(({ start, content }) => {
    const draft = newManifest();
    if (faultOf(content) !== null) return draft;
    const { root, context } = documentOf(content);
    for (const node of textsAt(root, 'dependencies')) addRequirement(draft, node, context);
    addUv(draft, root, 'tool', 'uv');
    return {
      dependencies: draft.dependencies.map((line) => ({ ...line, span: movedSpan(line.span, start) })),
      registries: draft.registries.map((line) => ({ ...line, span: movedSpan(line.span, start) })),
    };
  });
  return {
    dependencies: manifests.flatMap(({ dependencies }) => dependencies),
    registries: manifests.flatMap(({ registries }) => registries),
  };
}

interface Block {
  readonly offset: number;
  readonly start: number;
  readonly content: string;
}

/** Blocks that are opened and closed. Where no line of a row of comments closes one, none closes the next in it. */
function* blocksOf(text: string): Generator<Block, void, undefined> {
  const openings = new RegExp(opening);
  for (let match = openings.exec(text); match !== null; match = openings.exec(text)) {
    const start = openings.lastIndex;
    // Not in the first line: a block holds something.
    let end = start + lengthAt(commentLine, text, start);
    let isClosed = false;
    for (let line = end - start; line > 0 && !isClosed;) {
      isClosed = lengthAt(closing, text, end) > 0;
      line = lengthAt(commentLine, text, end);
      if (!isClosed) end += line;
    }
    if (isClosed) yield { offset: match.index, start, content: text.slice(start, end) };
    openings.lastIndex = end;
  }
}

function lengthAt(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.exec(text)?.[0].length ?? 0;
}

type Read =
  | { readonly kind: 'read'; readonly imports: readonly ParsedImport[] }
  | { readonly kind: 'broken'; readonly message: string };

/** The library says whether the block is TOML; a reader of our own knows where everything stands. */
function importsOf(content: string): Read {
  const wrong = faultOf(content);
  if (wrong !== null) return { kind: 'broken', message: `script metadata: ${wrong}` };
  const { root, context } = documentOf(content);
  const dependencies = textsAt(root, 'dependencies').flatMap((node) => dependencyOf(node, context));
  return { kind: 'read', imports: [...dependencies, ...uvSettings(root)] };
}

/** @returns Why a block is no script metadata; null where it is. */
function faultOf(content: string): string | null {
  try {
    const { dependencies = [] } = parse(content.replace(commentSign, ''));
    return Array.isArray(dependencies) ? null : 'dependencies is not a list';
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
  }
}

/** Its offsets are those of the block. */
function documentOf(content: string): { readonly root: Node; readonly context: RequirementContext } {
  const { root } = new TomlReader(content.replace(commentSign, (sign) => ' '.repeat(sign.length))).read();
  return { root, context: { ...PLAIN, sources: uvSources(root, ['tool', 'uv']) } };
}

/** As the lists of a pyproject.toml, with the sources that uv's table gives to what they name. */
function dependencyOf(node: TextNode, context: RequirementContext): readonly ParsedImport[] {
  const { value } = node;
  const draft = newManifest();
  addRequirement(draft, node, context);
  const [dependency] = draft.dependencies;
  const name = distributionName(value);
  const start = value.length - value.trimStart().length;
  const span = partSpan(node, { start, end: start + (name ?? value.trim()).length });
  if (name === undefined) return [imported(unclear(value, dependency), span)];
  const named = imported({ kind: 'package', ecosystem: pypi.id, name }, span);
  return dependency?.source.kind === 'foreign'
    ? [named, imported(unclear(value, dependency), span)]
    : [named];
}

/**
 * What uv's settings in a script add, and where they send it
 * (https://docs.astral.sh/uv/guides/scripts/): nobody can tell what is served there.
 */
function uvSettings(root: Node): readonly ParsedImport[] {
  const draft = newManifest();
  addUv(draft, root, 'tool', 'uv');
  const packages = draft.dependencies.map((dependency) => {
    const { name, specifier, source, span } = dependency;
    const isUnclear = name === null || source.kind === 'foreign';
    return imported(
      isUnclear ? unclear(specifier, dependency) : { kind: 'package', ecosystem: pypi.id, name },
      span,
    );
  });
  const indexes = draft.registries.map((registry) => {
    const line = { kind: 'registry', ecosystem: pypi.id, registry } as const;
    return imported({ kind: 'unclear', expression: registry.value, line }, registry.span);
  });
  return [...packages, ...indexes];
}

function imported(target: ImportTarget, span: Span): ParsedImport {
  return { kind: 'install', target, span, optional: false };
}

function moved(parsedImport: ParsedImport, by: number): ParsedImport {
  return { ...parsedImport, span: movedSpan(parsedImport.span, by) };
}

function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function unclear(expression: string, dependency: Dependency | undefined): ImportTarget {
  if (dependency?.source.kind !== 'foreign') return { kind: 'unclear', expression };
  return { kind: 'unclear', expression, line: { kind: 'dependency', dependency } };
}
