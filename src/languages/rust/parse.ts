import type { Tree } from 'web-tree-sitter';
import type { Glance, Parsed, Rejection, Parser, Source } from '../../model/language.ts';
import type { ParsedImport } from '../../model/reference.ts';
import { allowanceFor, type Allowance } from '../shared/steps.ts';
import { loadTreeSitter, type BoundedParser } from '../shared/tree-sitter.ts';
import { CELL } from './dialects.ts';
import { mentionsManifest } from './front-matter.ts';
import { GRAMMAR } from './grammar.ts';
import { asksForCompiler, membersOf, omissionOf } from './omissions.ts';
import { FileNames, type Place } from './scopes.ts';
import { startOfCode, tokensOf } from './tokens.ts';
import { holdsItems, readTree, type ItemMacro } from './tree.ts';
import { addMentions, bindItems, walk } from './walk.ts';

/** Loads tree-sitter with the grammar of Rust; cheap after the first call. */
export async function loadParser(): Promise<Parser> {
  const parser = await loadTreeSitter(GRAMMAR);
  return { parse: (source) => parse(source, parser), glance: glanceAtAll };
}

/**
 * Reads the crates that a text names. Where the grammar rejects it, its tokens are read instead: the compiler knows newer
 * syntax than the grammar does.
 */
function parse(source: Source, parser: BoundedParser): Parsed | Promise<Parsed> {
  if (source.dialect === CELL) return parseCell(source);
  const parsed = parseProgram(source, parser);
  return mentionsManifest(source.text) ? withManifest(source, parsed) : parsed;
}

/**
 * A cell takes crates by `:dep` and by `extern crate` alone; another name may be that of a module of an earlier cell, and
 * evcxr rejects one that nothing brought.
 */
async function parseCell({ text }: Source): Promise<Parsed> {
  const { cratesOfCell, programOfCell } = await import('./cells.ts');
  const names = new FileNames();
  const program = programOfCell(text);
  walkAll(program, names);
  const usesCompiler = asksForCompiler(text);
  const linked = names.crates().filter(({ form }) => form === 'extern');
  const { imports, broken } = await cratesOfCell(text);
  return { imports: [...imports, ...linked.map((place) => importOf(place, names, usesCompiler))], broken };
}

/** Scripts say what they need: each line names a package. */
async function withManifest({ text }: Source, parsed: Parsed): Promise<Parsed> {
  const { scriptManifest } = await import('./script-manifest.ts');
  const { imports, broken } = await scriptManifest(text);
  return { imports: [...imports, ...parsed.imports], broken: parsed.broken ?? broken };
}

function parseProgram({ text }: Source, parser: BoundedParser): Parsed {
  const allowance = allowanceFor(text);
  const names = new FileNames();
  const program = withoutStart(text);
  const reading = parser.withTree(program, allowance, (tree) => {
    if (tree === null) return { broken: { message: TOO_MANY_STEPS, offset: 0, cause: 'bound' as const } };
    if (tree.rootNode.hasError) return { broken: errorOf(tree) };
    return { macros: readTree({ tree, text: program, offset: 0, scope: names.root }, names) };
  });
  if (reading.broken !== undefined) return readTokens(text, reading.broken);
  readMacros(program, reading.macros, { names, parser, allowance });
  return { imports: importsOf(names, program), broken: null };
}

/** Where nothing is left open, the tokens tell as much as a tree would. */
function readTokens(text: string, broken: Pick<Rejection, 'message' | 'offset' | 'cause'>): Parsed {
  const names = new FileNames();
  const isComplete = walkAll(text, names);
  const imports = importsOf(names, text);
  if (isComplete && broken.cause === 'errors') return { imports, broken: null };
  return { imports, broken: { ...broken, approximate: true, doubts: [] } };
}

const TOO_MANY_STEPS = 'parsing takes too many steps for a file of this length';

/** What stands before the program, which the grammar does not know, as blanks. */
function withoutStart(text: string): string {
  const start = startOfCode(text);
  return text.slice(0, start).replace(/[^\r\n]/g, ' ') + text.slice(start);
}

interface MacroReading {
  readonly names: FileNames;
  readonly parser: BoundedParser;
  readonly allowance: Allowance;
}

/** Reads the bodies of macros that hold items and nothing else, and those of macros in them. */
function readMacros(
  text: string,
  macros: readonly ItemMacro[],
  { names, parser, allowance }: MacroReading,
): void {
  const open = [...macros];
  for (let macro = open.pop(); macro !== undefined; macro = open.pop()) {
    const { start, end, scope } = macro;
    const inner = parser.withTree(text.slice(start, end), allowance, (tree) =>
      tree && holdsItems(tree) ? readTree({ tree, text, offset: start, scope }, names) : null,
    );
    if (inner === null) readBody(text, { start, end, scope }, names);
    else for (const each of inner) open.push(each);
  }
}

/** Whatever the macro makes of its body, modules in it are likely modules of the file. */
function readBody(text: string, { start, end, scope }: ItemMacro, names: FileNames): void {
  const tokens = tokensOf(text, start, end);
  bindItems(tokens.words, scope);
  addMentions(tokens.words, names);
  walk(tokens, names, { scope: scope.inner('block'), isInMacro: true, readsItemMacros: false });
}

/** Reads the tokens of a text, and the manifest of a script. */
async function glanceAtAll(source: Source): Promise<Glance> {
  if (source.dialect === CELL) return { imports: (await parseCell(source)).imports, doubts: [] };
  const { imports } = await withManifest(source, { ...glance(source), broken: null });
  return { imports, doubts: [] };
}

/** Reads the tokens of a text. */
function glance({ text }: Source): Glance {
  const names = new FileNames();
  walkAll(text, names);
  return { imports: importsOf(names, text), doubts: [] };
}

/** @returns Whether nothing is left open. */
function walkAll(text: string, names: FileNames): boolean {
  const tokens = tokensOf(text);
  const isBalanced = walk(tokens, names, { scope: names.root, isInMacro: false, readsItemMacros: false });
  return isBalanced && tokens.isComplete;
}

function importsOf(names: FileNames, text: string): readonly ParsedImport[] {
  const usesCompiler = asksForCompiler(text);
  return names.crates().map((place) => importOf(place, names, usesCompiler));
}

/** `extern crate` has no names; whatever else names a crate takes something out of it, or the crate itself. */
function importOf(place: Place, fileNames: FileNames, usesCompiler: boolean): ParsedImport {
  const { name, span } = place;
  const omission = omissionOf(place, fileNames, usesCompiler);
  return {
    kind: 'static',
    target: {
      kind: 'literal',
      specifier: name,
      names: membersOf(place).map((each) => ({ name: each, span })),
    },
    span,
    optional: false,
    ...(omission !== undefined && { omission }),
  };
}

/** Where the grammar stops being satisfied. */
function errorOf({ rootNode }: Tree): { message: string; offset: number; cause: 'errors' } {
  let error = rootNode;
  while (!error.isError && !error.isMissing) {
    const inner = error.children.find((child) => child.hasError || child.isMissing);
    if (inner === undefined) break;
    error = inner;
  }
  const message = error.isMissing ? `invalid syntax: “${error.type}” is missing` : 'invalid syntax';
  return { message, offset: error.startIndex, cause: 'errors' };
}
