import type { CommandWord } from '../../../model/command.ts';
import { certainLength, partOfWord, spanOfWord } from '../../../shell/word.ts';
import type { ReadingBuilder } from '../../shared/command-reading.ts';
import { candidateModules } from '../candidate-modules.ts';
import { replacementLine } from '../manifests/replacement-line.ts';
import { golang } from '../names.ts';

/** What a word names: a package, which lies in some module, or a module. */
export type Named = 'package' | 'module';

/**
 * Adds what a word asks for: `github.com/acme/kit/cmd/tool@latest`. Folders, files, the standard library and what an action
 * calls all packages (`all`, `./...`) bring no module.
 */
export function addModuleWord(builder: ReadingBuilder, word: CommandWord, named: Named): void {
  const { text } = word;
  const at = text.indexOf('@');
  const path = (at < 0 ? text : text.slice(0, at)).replace(/\/\.\.\.$/, '');
  if (certainLength(word) < path.length || (at < 0 && word.dynamic.length > 0)) {
    // What may be a folder's name is one, mostly.
    if (at >= 0 || startsWithHost(text.slice(0, certainLength(word)))) builder.addUnclear(word);
    return;
  }
  // `go get x@none` takes a module out.
  if (path.endsWith('.go') || !golang.valid(path) || text.slice(at) === '@none') return;
  if (path === GO_ITSELF) return;
  const span = word.spanOf({ start: 0, end: path.length });
  const [module, ...alternatives] = named === 'module' ? [path] : candidateModules(path);
  builder.addPackage(module, span, alternatives);
}

/** Releases of Go come as versions of this module, which nobody imports (https://go.dev/ref/mod#toolchain). */
const GO_ITSELF = 'golang.org/toolchain';

function startsWithHost(text: string): boolean {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\//.test(text);
}

/** Adds another module in the place of one: `-replace=old@v1=new@v2`. A folder brings none. */
export function addReplacement(builder: ReadingBuilder, word: CommandWord): void {
  const [old = '', target = ''] = word.text.split('=', 2);
  const start = old.length + 1;
  const [path = ''] = old.split('@', 1);
  const [name = '', version = ''] = target.split('@', 2);
  if (word.text[old.length] !== '=' || /^\.{0,2}\//.test(target)) return;
  const part = partOfWord(word, start);
  if (certainLength(part) < name.length || (part.dynamic.length > 0 && version === '')) {
    builder.addUnclear(part);
    return;
  }
  if (!golang.valid(name)) return;
  addModuleWord(builder, part, 'module');
  if (name === path) return;
  const span = spanOfWord(word);
  const dependency = replacementLine({
    path: { text: path, span },
    target: { text: name, span },
    targetVersion: version,
  });
  builder.addUnclear(word, { kind: 'dependency', dependency });
}
