import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import {
  array,
  nullish,
  number,
  object,
  optional,
  parse,
  record,
  string,
  union,
  type InferOutput,
} from 'valibot';
import { describe, expect, test } from 'vitest';
import { go } from '../../../src/languages/go/index.ts';
import { readImports } from '../../../src/languages/go/imports.ts';
import type { Files } from '../../../src/model/language.ts';
import type { Origin } from '../../../src/model/reference.ts';
import { decodeText } from '../../../src/text/decode.ts';
import { projectRoot } from '../../kit/scratch.ts';

/*
 * What go/parser and golang.org/x/mod say of odd forms and of whole repositories. The answers lie beside the project, and the
 * repositories where GO_REPOSITORIES says, each in a folder of its name: without them nothing is compared.
 */

const answers = path.join(projectRoot, '../shared/data/go');
const repositories = process.env['GO_REPOSITORIES'] ?? '';

const place = object({ path: string(), line: number(), column: number() });
const form = object({
  id: string(),
  files: record(string(), union([string(), object({ base64: string() })])),
  parsed: array(object({ file: string(), imports: array(place) })),
});
const program = object({
  file: string(),
  imports: array(object({ ...place.entries, module: nullish(string()), how: optional(string()) })),
});

type Place = InferOutput<typeof place>;

/** Go rejects it for its encoding, which is read here all the same. */
const readAllTheSame = ['go-import-047'];

describe.skipIf(!existsSync(path.join(answers, 'forms.jsonl')))('forms', () => {
  test('are read as go/parser does', () => {
    const forms = linesOf('forms.jsonl').map((line) => parse(form, line));
    const different = forms.filter(({ files, parsed }) =>
      parsed.some(({ file, imports }) => {
        // A path that it can't read is '' there, or stands with its quotation marks.
        const paths = imports.filter(({ path: imported }) => !/^(?:$|")/.test(imported));
        return JSON.stringify(placesIn(bytesOf(files[file]))) !== JSON.stringify(paths.map(inOrder));
      }),
    );
    expect(forms.length).toBeGreaterThan(50);
    expect(different.map(({ id }) => id)).toEqual(readAllTheSame);
  });
});

describe.skipIf(repositories === '' || !existsSync(answers))('repositories', () => {
  const names = repositories === '' ? [] : readdirSync(repositories);
  const known = names.filter((name) => existsSync(path.join(answers, `${name}.imports.jsonl`)));

  test.each(known)('%s', { timeout: 600_000 }, async (name) => {
    const root = path.join(repositories, name);
    const files = filesBelow(root);
    const circumstances = { trusted: [files], localModules: [], ambient: [] };
    const resolver = go.resolver({ files, ...circumstances, imports: new Map(), recorded: new Map() });
    const differences: string[] = [];
    for (const { file, imports } of linesOf(`${name}.imports.jsonl`).map((line) => parse(program, line))) {
      const places = placesIn(readFileSync(path.join(root, file)));
      if (JSON.stringify(places) !== JSON.stringify(imports.map(inOrder))) differences.push(file);
      for (const { path: specifier, module, how } of imports) {
        const [lead] = await resolver.resolve({ file, specifier, names: [], kind: 'static' });
        const answer = how?.startsWith('replace:') ? how.slice('replace:'.length) : module;
        if (lead && moduleOf(lead.origin) !== answer?.replace(/^own:.*/, 'own'))
          differences.push(`${file}: ${specifier}`);
      }
    }
    expect(differences).toEqual([]);
  });
});

function linesOf(name: string): readonly unknown[] {
  return readFileSync(path.join(answers, name), 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

function bytesOf(content: string | { base64: string } | undefined): Uint8Array {
  return typeof content === 'object' ? Buffer.from(content.base64, 'base64') : Buffer.from(content ?? '');
}

/** Columns count bytes, also those of a byte order mark, up to the quotation mark. */
function placesIn(bytes: Uint8Array): readonly Place[] {
  const text = decodeText(bytes);
  const mark = bytes[0] === 0xef ? 3 : 0;
  return readImports(text).imports.map(({ path: imported, start }) => {
    const lines = text.slice(0, start - 1).split('\n');
    const column = Buffer.byteLength(lines.at(-1) ?? '') + 1 + (lines.length === 1 ? mark : 0);
    return { path: imported, line: lines.length, column };
  });
}

function inOrder({ path: imported, line, column }: Place): Place {
  return { path: imported, line, column };
}

function moduleOf(origin: Origin): string | null {
  if (origin.kind === 'builtin') return origin.host === 'cgo' ? 'C' : 'std';
  if (origin.kind === 'local') return 'own';
  return origin.kind === 'package' ? origin.package.name : null;
}

function filesBelow(root: string): Files {
  const isFile = (name: string) => existsSync(path.join(root, name));
  return {
    existing: (paths) => Promise.resolve(new Set(paths.filter(isFile))),
    text: (name) =>
      Promise.resolve(isFile(name) ? decodeText(readFileSync(path.join(root, name))) : undefined),
    list: () => Promise.resolve(readdirSync(root, { recursive: true, encoding: 'utf8' })),
  };
}
