import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeText } from '../../../../src/text/decode.ts';
import type { Program } from './compare.ts';

/** A collection of programs; one that is not there on this machine is empty. */
export interface Corpus {
  readonly title: string;
  readonly programs: () => Iterable<Program>;
}

/** @param root The folder of this checkout. */
export function corporaIn(root: string): readonly Corpus[] {
  return [
    { title: 'fixtures', programs: () => [...tables(root), ...filesBelow(root, 'fixtures')] },
    {
      title: 'sources and tests',
      programs: () => filesBelow(root, 'src', 'rules', 'test'),
    },
    {
      title: 'code by language models',
      programs: () => generatedCode(path.join(root, '../shared/data/llm_code.jsonl')),
    },
    { title: 'node_modules', programs: () => filesBelow(root, 'node_modules') },
  ];
}

/** The programs of the tables of JavaScript. `⟨U+000D⟩` stands for that character. */
function tables(root: string): readonly Program[] {
  const folder = path.join(root, 'fixtures/languages/javascript');
  return readdirSync(folder).flatMap((file) => {
    const markdown = readFileSync(path.join(folder, file), 'utf8');
    const blocks = [...markdown.matchAll(/^## (.*)\n\n```(\w+)\n([^]*?)\n```$/gm)];
    return blocks.map(([, title = '', dialect = '', program = '']) => ({
      name: `${file}: ${title}`,
      dialect,
      text: program.replace(/⟨U\+([0-9A-F]{4})⟩/g, (_, digits: string) =>
        String.fromCharCode(parseInt(digits, 16)),
      ),
    }));
  });
}

/** Longer files are not parsed at all. UTF-16 code units. */
const LONGEST = 2 * 1024 * 1024;

function* filesBelow(root: string, ...folders: readonly string[]): Generator<Program> {
  const entries = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true }),
  );
  for (const entry of entries) {
    const dialect = /\.([mc]?[jt]sx?)$/.exec(entry.name)?.[1];
    if (!entry.isFile() || dialect === undefined) continue;
    const file = path.join(entry.parentPath, entry.name);
    const text = decodeText(readFileSync(file));
    if (text.length <= LONGEST) yield { name: path.relative(root, file), dialect, text };
  }
}

/** Each block is read as plain JavaScript and as TypeScript with JSX: models mix them. */
function* generatedCode(file: string): Generator<Program> {
  if (!existsSync(file)) return;
  for (const [number, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    const row: unknown = line === '' ? {} : JSON.parse(line);
    if (!isBlock(row) || row.lang !== 'javascript') continue;
    for (const dialect of ['js', 'tsx'])
      yield { name: `block ${number + 1} as ${dialect}`, dialect, text: row.code };
  }
}

function isBlock(row: unknown): row is { readonly lang: unknown; readonly code: string } {
  return (
    typeof row === 'object' && row !== null && 'lang' in row && 'code' in row && typeof row.code === 'string'
  );
}
