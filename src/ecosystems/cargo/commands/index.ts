import type { Command, CommandReading, CommandWord, InstallReader } from '../../../model/command.ts';
import type { SourceLine } from '../../../model/reference.ts';
import { programName } from '../../../shell/unwrap.ts';
import { certainLength, spanOfWord } from '../../../shell/word.ts';
import { ReadingBuilder } from '../../shared/command-reading.ts';
import { repositorySource } from '../../shared/source-location.ts';
import { readToolCall, variables } from '../../shared/tool-calls.ts';
import { cargo } from '../names.ts';
import { registryAddress } from '../registry-address.ts';
import { addSettings } from './settings.ts';
import { cargoTools, type CargoTool } from './tools.ts';

/** Reads commands of Cargo, cross, cargo-binstall, cargo-quickinstall and rust-script. */
export const installReader: InstallReader = { read, installsProject };

function read(command: Command): CommandReading | undefined {
  const builder = new ReadingBuilder(cargo.id);
  for (const value of variables(command.assignments, REGISTRY)) addRegistry(builder, value);
  const name = command.program && programName(command.program);
  const tool = cargoTools.find(({ names }) => typeof name === 'string' && names.test(name));
  if (tool !== undefined) addCall(builder, tool, withoutToolchain(command.words));
  if (tool?.takesSettings === true) addSettings(builder, command.words);
  return builder.reading();
}

/** What says where a registry is, and which one `cargo install` asks (https://doc.rust-lang.org/cargo/reference/config.html). */
const REGISTRY = /^CARGO_(?:REGISTRIES_\w+_INDEX|REGISTRY_DEFAULT)$/;

/** Commands that fetch what Cargo.toml and Cargo.lock say (https://doc.rust-lang.org/cargo/commands/). */
const FETCHING =
  /^(?:add|b|bench|build|c|check|clippy|d|doc|fetch|fix|generate-lockfile|metadata|nextest|package|publish|r|run|rustc|rustdoc|t|test|tree|update|vendor)$/;

function installsProject({ program, words }: Command): boolean {
  const name = program && programName(program);
  if (name !== 'cargo' && name !== 'cross') return false;
  const [action] = withoutToolchain(words).filter(({ text }) => !text.startsWith('-'));
  return action !== undefined && FETCHING.test(action.text);
}

/** rustup takes `+nightly` away (https://rust-lang.github.io/rustup/overrides.html). */
function withoutToolchain(words: readonly CommandWord[]): readonly CommandWord[] {
  return words[0]?.text.startsWith('+') === true ? words.slice(1) : words;
}

function addCall(
  builder: ReadingBuilder,
  { options, actions }: CargoTool,
  words: readonly CommandWord[],
): void {
  const call = readToolCall(words, { options, actions });
  if (call === undefined) return;
  const repository = call.options.find(({ meaning }) => meaning === 'repository')?.value;
  const isLocal = call.options.some(({ name }) => name === '--path');
  for (const { meaning, value } of call.options) {
    if (meaning === 'index') addRegistry(builder, value);
    else if (meaning === 'package') addCrate(builder, value);
  }
  if (call.action.takes === 'program' || isLocal) return;
  if (repository !== undefined) addRepository(builder, repository, call.operands[0]);
  // Earlier versions of `cargo add` had features behind the crate: `+derive`.
  else for (const word of call.operands) if (!word.text.startsWith('+')) addCrate(builder, word);
}

/** A version stands behind `@`, and behind `=` for rust-script. */
function addCrate(builder: ReadingBuilder, word: CommandWord): void {
  const { text, dynamic } = word;
  if (/^[./~\\]|^[A-Za-z]:\\/.test(text)) return;
  const name = /^[A-Za-z0-9_-]+/.exec(text)?.[0] ?? '';
  const isWhole = name.length === text.length ? dynamic.length === 0 : certainLength(word) > name.length;
  const isNamed = name !== '' && isWhole && /^(?:$|[@=])/.test(text.slice(name.length));
  if (isNamed) builder.addPackage(name, word.spanOf({ start: 0, end: name.length }));
  else if (dynamic.length > 0) builder.addUnclear(word);
}

/** What comes out of a repository is no crate of a registry, whatever it is called. */
function addRepository(builder: ReadingBuilder, address: CommandWord, crate: CommandWord | undefined): void {
  if (address.dynamic.length > 0) {
    builder.addUnclear(address);
    return;
  }
  const isNamed = crate?.dynamic.length === 0 && cargo.valid(crate.text);
  const dependency = {
    ecosystem: cargo.id,
    name: isNamed ? crate.text : null,
    specifier: isNamed ? crate.text : address.text,
    source: repositorySource('git', address.text),
    span: spanOfWord(address),
    optional: false,
  };
  builder.addUnclear(address, { kind: 'dependency', dependency });
}

/** A registry by its name or its address; crates.io is asked anyway. */
function addRegistry(builder: ReadingBuilder, value: CommandWord): void {
  if (value.dynamic.length > 0) {
    builder.addUnclear(value);
    return;
  }
  const address = registryAddress(value.text);
  if (address === null) return;
  builder.index = value.text;
  const registry = { address, use: { kind: 'all' } } as const;
  const line: SourceLine = {
    kind: 'registry',
    ecosystem: cargo.id,
    registry: { what: 'a registry', value: address, span: spanOfWord(value), registry },
  };
  builder.addUnclear(value, line);
}
