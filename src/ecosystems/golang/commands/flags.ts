import type { CommandWord } from '../../../model/command.ts';
import { partOfWord } from '../../../shell/word.ts';

/** A flag of the go command, without its dashes; `value` is null where it has none. */
export interface Flag {
  readonly name: string;
  readonly value: CommandWord | null;
}

/** What stands behind an action of the go command. */
export interface Arguments {
  readonly flags: readonly Flag[];
  readonly operands: readonly CommandWord[];
}

/**
 * Flags that take the next word where none stands behind `=`, of all actions that name modules: https://pkg.go.dev/cmd/go
 * (go 1.26, read on 2026-11-30).
 */
const WITH_VALUE = new Set(
  (
    'C asmflags buildmode compiler covermode coverpkg exec gccgoflags gcflags installsuffix ldflags mod modfile o ' +
    'overlay p pgo pkgdir tags toolexec x509 reuse dropexclude dropgodebug dropignore dropreplace droprequire ' +
    'dropretract droptool exclude go godebug ignore module replace require retract tool toolchain'
  ).split(' '),
);

/** Flags of `go get` and `go run` that take none, though they do so elsewhere. */
const SWITCHES: ReadonlyMap<string, ReadonlySet<string>> = new Map([['get', new Set(['tool'])]]);

/**
 * Reads words as Go's own package `flag` does: one dash or two, and nothing is a flag behind the first word that is none.
 *
 * @param action What stands before the words: `get`, `mod edit`.
 */
export function readArguments(action: string, words: readonly CommandWord[]): Arguments {
  const flags: Flag[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    const [dashes, name = ''] = /^--?([\w.]+)(?==|$)/.exec(word?.text ?? '') ?? [];
    if (word?.text === '--') return { flags, operands: words.slice(at + 1) };
    if (word === undefined || dashes === undefined) return { flags, operands: words.slice(at) };
    const takesNext = WITH_VALUE.has(name) && SWITCHES.get(action)?.has(name) !== true;
    if (word.text.length > dashes.length) flags.push({ name, value: partOfWord(word, dashes.length + 1) });
    else if (takesNext) flags.push({ name, value: words[(at += 1)] ?? null });
    else flags.push({ name, value: null });
  }
  return { flags, operands: [] };
}
