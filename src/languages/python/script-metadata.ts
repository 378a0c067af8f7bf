import { parse } from 'smol-toml';
import { emptyDraft } from '../../manifests/draft.ts';
import { TomlReader } from '../../manifests/syntax/toml-reader.ts';
import { addUv } from '../../manifests/uv.ts';
import type { ParsedImport } from '../../model/reference.ts';
import { distributionName } from './requirement.ts';

/** What a file says about the packages that it wants to run with. */
export interface ScriptMetadata {
  readonly imports: readonly ParsedImport[];
  readonly broken: { readonly message: string; readonly offset: number } | null;
}

/**
 * The parts of PEP 723's expression for a block of inline metadata, for `\n` and `\r\n` line ends
 * (https://packaging.python.org/en/latest/specifications/inline-script-metadata/).
 */
const opening = /^# \/\/\/ script[ \t]*\r?\n/gm;
const commentLines = /(?:#(?: [^\r\n]*)?(?:\r?\n|$(?![^])))*/y;
/** Not in the first line: a block holds something. */
const closing = /(?<=\n)# \/\/\/[ \t]*(?:\r?\n|$(?![^]))/;

/** Reads the `dependencies` of a file's script metadata. `broken` says where the block is no TOML. */
export function scriptMetadata(text: string): ScriptMetadata {
  const imports: ParsedImport[] = [];
  let broken: ScriptMetadata['broken'] = null;
  if (!text.includes('# /// script')) return { imports, broken };
  for (const { offset, start, content } of blocksOf(text)) {
    const read = dependenciesOf(content);
    if (read.kind === 'broken') broken ??= { message: read.message, offset };
    else imports.push(...located(read.dependencies, content, start), ...uvSettings(content, start));
  }
  return { imports, broken };
}

interface Block {
  readonly offset: number;
  readonly start: number;
  readonly content: string;
}

/** Blocks that are opened and closed. Where no line of a row of comments closes one, none closes the next in it. */
function* blocksOf(text: string): Generator<Block, void, undefined> {
  const [openings, lines] = [new RegExp(opening), new RegExp(commentLines)];
  for (let found = openings.exec(text); found !== null; found = openings.exec(text)) {
    const start = openings.lastIndex;
    lines.lastIndex = start;
    const comments = lines.exec(text)?.[0] ?? '';
    const end = comments.search(closing);
    if (end > 0) yield { offset: found.index, start, content: comments.slice(0, end) };
    openings.lastIndex = start + (end > 0 ? end : comments.length);
  }
}

type Read =
  | { readonly kind: 'read'; readonly dependencies: readonly string[] }
  | { readonly kind: 'broken'; readonly message: string };

function dependenciesOf(content: string): Read {
  try {
    const { dependencies = [] } = parse(content.replace(/^# ?/gm, ''));
    if (!Array.isArray(dependencies))
      return { kind: 'broken', message: 'script metadata: dependencies is no list' };
    return { kind: 'read', dependencies: dependencies.filter((value) => typeof value === 'string') };
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    return { kind: 'broken', message: `script metadata: ${why}` };
  }
}

/** TOML's reader gives no positions: each dependency stands where its text first follows the one before. */
function located(dependencies: readonly string[], content: string, start: number): readonly ParsedImport[] {
  let from = Math.max(content.search(/^# ?[ \t]*dependencies\b/m), 0);
  return dependencies.flatMap((dependency) => {
    const written = /^\s*/.exec(dependency)?.[0].length ?? 0;
    const at = content.indexOf(dependency, from);
    if (at >= 0) from = at + dependency.length;
    const name = distributionName(dependency);
    const target =
      name === undefined
        ? { kind: 'unclear' as const, expression: dependency }
        : { kind: 'package' as const, name };
    const offset = at >= 0 ? start + at + written : start;
    const length = at >= 0 ? (name ?? dependency.trim()).length : 0;
    const span = { start: offset, end: offset + length };
    const named: ParsedImport = { kind: 'static', target, span, optional: false };
    // A name that stands with an address is a package, and what the address serves is anybody's guess.
    const isElsewhere = name !== undefined && /^[^;]*@\s*[a-z][a-z0-9+.-]*:/i.test(dependency);
    return isElsewhere ? [named, { ...named, target: unclear(dependency) }] : [named];
  });
}

/**
 * What uv's settings in a script add, and where they send it
 * (https://docs.astral.sh/uv/guides/scripts/): nobody can tell what is served there.
 */
function uvSettings(content: string, start: number): readonly ParsedImport[] {
  const { root } = new TomlReader(content.replace(/^# ?/gm, (sign) => ' '.repeat(sign.length))).read();
  const draft = emptyDraft();
  addUv(draft, root, 'tool', 'uv');
  const packages = draft.dependencies.map(({ name, specifier, source, span }) => ({
    target:
      name === null || source.kind === 'foreign' ? unclear(specifier) : { kind: 'package' as const, name },
    span,
  }));
  const indexes = draft.registries.map(({ value, span }) => ({ target: unclear(value), span }));
  return [...packages, ...indexes].map(({ target, span }) => ({
    kind: 'static',
    target,
    span: { start: start + span.start, end: start + span.end },
    optional: false,
  }));
}

function unclear(expression: string): { readonly kind: 'unclear'; readonly expression: string } {
  return { kind: 'unclear', expression };
}
