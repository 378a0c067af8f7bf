import { entriesAt, select } from '../documents/document.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Files } from '../model/language.ts';
import type { Package } from '../model/package.ts';
import { LineIndex } from '../text/lines.ts';

/** One insertion into a manifest. Line and column are 1-based, as in `Place`. */
export interface ManifestEdit {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly edits: readonly {
    readonly start: { readonly line: number; readonly column: number };
    readonly end: { readonly line: number; readonly column: number };
    readonly text: string;
  }[];
}

/** What is to be declared: `latest` is the version that the registry showed, if it was asked. */
export interface Declared {
  readonly package: Package;
  readonly latest: string | null;
}

interface Splice {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/**
 * Works out how the nearest manifest of a file would declare a package. npm wants a version, so that nothing is
 * offered before a registry has told one.
 *
 * @param near Path of the importing file.
 * @returns undefined where there is no manifest that can be edited safely.
 */
export async function manifestEditFor(
  declared: Declared,
  near: string,
  files: Files,
): Promise<ManifestEdit | undefined> {
  const names =
    declared.package.ecosystem === 'npm' ? ['package.json'] : ['pyproject.toml', 'requirements.txt'];
  for (const folder of foldersOf(near)) {
    for (const name of names) {
      const path = folder + name;
      const text = await files.text(path);
      const splices = text === undefined ? [] : await splicesFor(name, text, declared);
      if (text !== undefined && splices.length > 0) return { path, edits: located(text, splices) };
    }
  }
  return undefined;
}

/** @returns The latest version that evidence shows. */
export function latestIn(evidence: readonly Evidence[]): string | null {
  const found = evidence.find(({ fact }) => fact === 'latest');
  const value = found?.state === 'present' ? String(found.value) : '';
  return /^\d+\.\d+\.\d[\w.+-]*$/.test(value) ? value : null;
}

/** From the file's own folder up to the root, each with a slash at its end. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.keys(), parts.length].toReversed().map((depth) =>
    parts
      .slice(0, depth)
      .map((part) => `${part}/`)
      .join(''),
  );
}

async function splicesFor(name: string, text: string, declared: Declared): Promise<readonly Splice[]> {
  switch (name) {
    case 'package.json':
      return inPackageJson(text, declared);
    case 'pyproject.toml':
      return inPyproject(text, declared.package.name);
    default:
      return [inRequirements(text, declared.package.name)];
  }
}

async function inPackageJson(
  text: string,
  { package: { name }, latest }: Declared,
): Promise<readonly Splice[]> {
  if (latest === null) return [];
  const { modify, parseTree } = await import('jsonc-parser');
  if (parseTree(text)?.type !== 'object') return [];
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  return modify(text, ['dependencies', name], `^${latest}`, { formattingOptions }).map(
    ({ offset, length, content }) => ({ offset, length, text: content }),
  );
}

/** Only a list of PEP 621 that is there is extended: other tools have tables of their own. */
async function inPyproject(text: string, name: string): Promise<readonly Splice[]> {
  const { readToml } = await import('../documents/toml.ts');
  const { root, broken } = await readToml(text);
  const [list] = select(root, 'project', 'dependencies');
  if (broken.length > 0 || list?.kind !== 'list' || entriesAt(root, 'project').length === 0) return [];
  const last = list.items.at(-1);
  if (last?.kind !== 'text') return [];
  const line = text.lastIndexOf('\n', last.span.start) + 1;
  const before = /^[ \t]*(?=["'])/.exec(text.slice(line, last.span.start));
  const between = before ? `,\n${before[0]}` : ', ';
  return [{ offset: last.span.end + 1, length: 0, text: `${between}"${name}"` }];
}

function inRequirements(text: string, name: string): Splice {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const open = text !== '' && !/[\r\n]$/.test(text) ? eol : '';
  return { offset: text.length, length: 0, text: `${open}${name}${eol}` };
}

function located(text: string, splices: readonly Splice[]): ManifestEdit['edits'] {
  const lines = new LineIndex(text);
  return splices.map(({ offset, length, text: added }) => ({
    start: lines.locate(offset),
    end: lines.locate(offset + length),
    text: added,
  }));
}
