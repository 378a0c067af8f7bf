import { TomlReader } from '../../../documents/toml-reader.ts';
import type { CommandWord } from '../../../model/command.ts';
import type { Span } from '../../../model/text.ts';
import { partOfWord, spanOfWord } from '../../../shell/word.ts';
import type { ReadingBuilder } from '../../shared/command-reading.ts';
import { sourcesIn } from '../manifests/cargo-sources.ts';
import { cargo } from '../names.ts';

/** What settings say of where crates come from begins so. */
const SOURCES = /^\s*["']?(?:source|registries|registry|patch|paths)["']?\s*[.=]/;

/**
 * Reads what `--config KEY=VALUE` says of where crates come from, as that of a file
 * (https://doc.rust-lang.org/cargo/reference/config.html#command-line-overrides). The settings of one command are read as one:
 * a source that one of them names stands in another.
 */
export function addSettings(builder: ReadingBuilder, words: readonly CommandWord[]): void {
  const values = settingWords(words);
  for (const word of values) if (word.dynamic.length > 0 && SOURCES.test(word.text)) builder.addUnclear(word);
  const certain = values.filter(({ dynamic }) => dynamic.length === 0);
  if (certain.length === 0) return;
  const { root } = new TomlReader(certain.map(({ text }) => text).join('\n')).read();
  const { registries, dependencies } = sourcesIn({ root, broken: [] });
  const wordAt = ({ start }: Span): CommandWord | undefined => {
    let end = 0;
    return certain.find(({ text }) => start < (end += text.length + 1));
  };
  for (const registry of registries) {
    const word = wordAt(registry.span);
    if (word === undefined) continue;
    const line = { ...registry, span: spanOfWord(word) };
    builder.addUnclear(word, { kind: 'registry', ecosystem: cargo.id, registry: line });
  }
  for (const dependency of dependencies) {
    const word = wordAt(dependency.span);
    if (word === undefined || dependency.source.kind !== 'foreign') continue;
    const line = { ...dependency, span: spanOfWord(word) };
    builder.addUnclear(word, { kind: 'dependency', dependency: line });
  }
}

/** @returns The values of `--config`, up to what Cargo hands on to a program. */
function settingWords(words: readonly CommandWord[]): readonly CommandWord[] {
  const end = words.findIndex(({ text }) => text === '--');
  const cargoWords = end < 0 ? words : words.slice(0, end);
  return cargoWords.flatMap((word, at) => {
    if (word.text.startsWith('--config=')) return [partOfWord(word, '--config='.length)];
    const value = cargoWords[at + 1];
    return word.text === '--config' && value !== undefined ? [value] : [];
  });
}
