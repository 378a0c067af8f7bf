import { entriesAt, wordsOf, type Node, type TextNode } from '../../documents/document.ts';
import { readToml } from '../../documents/toml.ts';
import type { CommandWord } from '../../model/command.ts';
import type { ManifestContents } from '../../model/manifest.ts';
import type { ImportTarget } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import { WordBuilder } from '../../shell/word.ts';
import { normalise, type ManifestBuilder } from '../shared/manifest-builder.ts';
import { installReader } from './commands/index.ts';
import { cargo } from './names.ts';
import { sourcesIn } from './manifests/cargo-sources.ts';

/** Reads Cargo's settings: where crates come from, and which ones an alias installs. */
export async function read(text: string): Promise<ManifestContents> {
  const tree = await readToml(text);
  const draft = sourcesIn(tree);
  for (const { value } of entriesAt(tree.root, 'alias')) addAlias(draft, value);
  return normalise(draft);
}

/** An alias is a command of Cargo, as one text or word by word (https://doc.rust-lang.org/cargo/reference/config.html#alias). */
function addAlias(draft: ManifestBuilder, value: Node): void {
  const texts = value.kind === 'list' ? value.items.filter((item) => item.kind === 'text') : wordsIn(value);
  const words = texts.map(wordOf);
  const reading = installReader.read({ program: CARGO, words, assignments: [] });
  for (const { target, span } of reading?.imports ?? []) addImport(draft, target, span);
}

function wordsIn(value: Node): readonly TextNode[] {
  return value.kind === 'text' ? wordsOf(value) : [];
}

function addImport(draft: ManifestBuilder, target: ImportTarget, span: Span): void {
  if (target.kind === 'package') {
    const { name } = target;
    const source = { kind: 'registry' } as const;
    draft.dependencies.push({
      ecosystem: cargo.id,
      name: cargo.canonical(name),
      specifier: name,
      source,
      span,
      optional: false,
    });
  } else if (target.kind === 'unclear' && target.line !== undefined) {
    if (target.line.kind === 'dependency') draft.dependencies.push(target.line.dependency);
    else draft.registries.push(target.line.registry);
  }
}

/** Where the letters of a value do not stand as they are, each stands where the value does. */
function wordOf({ value, raw, span }: TextNode): CommandWord {
  const builder = new WordBuilder();
  if (raw === value) builder.add(value, span.start);
  else builder.addDecoded(value, span);
  return builder.word(span.start);
}

const CARGO: CommandWord = { text: 'cargo', dynamic: [], spanOf: (part) => part };
