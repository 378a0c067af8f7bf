import { existsSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { containers } from '../../src/containers/index.ts';
import { findEcosystem } from '../../src/ecosystems/index.ts';
import { languages } from '../../src/languages/index.ts';
import type { Language, Parsed, Scan, Source } from '../../src/model/language.ts';
import { projectRoot } from '../kit/scratch.ts';
import { filesIn, hookFile, hooksCover, textOf } from './repository.ts';
import { repeated, unmet, type Requirement } from './requirement.ts';

/** @returns What a language lacks, a sentence each, which says where to write it. */
export async function problemsOf(language: Language): Promise<readonly string[]> {
  return [
    ...unmet(identity(language)),
    ...unmet(extensions(language)),
    ...unmet(notebookNames(language)),
    ...(await tableProblems(language)),
  ];
}

function identity({ id, ecosystem }: Language): readonly Requirement[] {
  return [
    [/^[a-z][a-z0-9]*$/.test(id), `its id ${JSON.stringify(id)} is no word in lower case letters`],
    [languages.filter((other) => other.id === id).length < 2, 'another language has its id'],
    [
      ecosystem === null || findEcosystem(ecosystem) !== undefined,
      `there is no ecosystem ${String(ecosystem)}: write src/ecosystems/${String(ecosystem)} and a line into src/ecosystems/index.ts`,
    ],
  ];
}

/** A name of a notebook leads to one language, and one alone has the cells of notebooks that name no kernel. */
function notebookNames({ id, notebooks }: Language): readonly Requirement[] {
  if (notebooks === null) return [];
  const { usualName } = notebooks;
  const others = languages.filter((other) => other.id !== id).flatMap(({ notebooks: names }) => names ?? []);
  return [
    [
      notebooks.dialectOf(id) !== undefined,
      `its notebooks do not take its own id ${id} for its name, as their metadata writes it`,
    ],
    [
      others.every((names) => names.dialectOf(id) === undefined),
      `another language takes ${id} for its name in notebooks`,
    ],
    [
      usualName === null || others.every((names) => names.usualName === null),
      'another language has the cells of notebooks that name no kernel',
    ],
  ];
}

function extensions({ id, extensions: own }: Language): readonly Requirement[] {
  const taken = new Set([
    ...languages.filter((other) => other.id !== id).flatMap(({ extensions: others }) => others),
    ...containers.flatMap(({ extensions: others }) => others),
    ...repeated(own),
  ]);
  return [
    [own.length > 0, `it has no extension: write one into src/languages/${id}/index.ts`],
    ...own.flatMap((extension): Requirement[] => [
      [/^[^.A-Z]+$/.test(extension), `its extension ${extension} has a dot or is not in lower case`],
      [
        !taken.has(extension),
        `its extension ${extension} belongs to another language or a container, or stands twice`,
      ],
      [
        hooksCover(extension),
        `the pattern of ${hookFile} does not match its extension ${extension}: run \`npm run docs\``,
      ],
    ]),
  ];
}

/** One program of a table, and what the language makes of it. */
interface Reading {
  readonly file: string;
  readonly title: string;
  readonly scan: Scan;
  readonly parsed: Parsed;
}

async function tableProblems(language: Language): Promise<readonly string[]> {
  const folder = `fixtures/languages/${language.id}`;
  const readings: Reading[] = [];
  const parser = await language.parser();
  for (const { file, title, source } of tablesIn(folder, language))
    readings.push({ file, title, scan: await language.scan(source), parsed: await parser.parse(source) });
  if (readings.length === 0)
    return [`${folder} has no table: write a file.md there, with a heading, a program and what it imports`];
  const test = `test/languages/${language.id}/tables.test.ts`;
  if (!existsSync(path.join(projectRoot, test)))
    return [`nothing compares its tables with what is read: write ${test}, as Python's is`];
  return unmet([
    scanRequirement(language, readings, folder),
    [
      readings.some(({ scan }) => scan.kind === 'unsure') ||
        (readings.every(isExact) && readings.some(({ parsed }) => parsed.imports.length > 0)),
      `no program in ${folder} leaves the scan unsure: write one that only the parser can read`,
    ],
    [
      readings.some(({ parsed: { broken, imports } }) => broken !== null && imports.length > 0),
      `no program in ${folder} is rejected and read all the same: write one with an error and an import`,
    ],
    ...readings.map(({ file, title, scan, parsed }): Requirement => {
      const missed = missedBy(scan, parsed);
      return [missed.length === 0, `${file}, “${title}”: the scan misses ${missed.join(', ')}`];
    }),
  ]);
}

/** Does the scan give what the parser gives, no less and no more? */
function isExact({ scan, parsed: { imports } }: Reading): boolean {
  const literals = imports.flatMap(({ target }) => (target.kind === 'literal' ? [target.specifier] : []));
  return (
    scan.kind === 'superset' && isDeepStrictEqual([...scan.specifiers].sort(), [...new Set(literals)].sort())
  );
}

/** A scan of a language whose references name their ecosystem tells only whether there may be any. */
function scanRequirement({ ecosystem }: Language, readings: readonly Reading[], folder: string): Requirement {
  const read = readings.filter(({ scan }) => scan.kind === 'superset');
  if (ecosystem !== null)
    return [
      read.some(({ parsed }) => parsed.imports.length > 0),
      `no program in ${folder} is read by the scan: write one that imports something`,
    ];
  return [read.length > 0, `no program in ${folder} is read by the scan: write one that refers to nothing`];
}

/** @returns The imports of a program that the scan rules out. What is no literal, the scan may not be sure about. */
function missedBy(scan: Scan, { imports }: Parsed): readonly string[] {
  if (scan.kind === 'unsure') return [];
  return imports.flatMap(({ target }) => {
    if (target.kind !== 'literal') return [target.kind === 'unclear' ? target.expression : target.name];
    return scan.specifiers.has(target.specifier) ? [] : [target.specifier];
  });
}

interface Row {
  readonly file: string;
  readonly title: string;
  readonly source: Source;
}

function tablesIn(folder: string, language: Language): readonly Row[] {
  const files = filesIn(folder).filter((name) => name.endsWith('.md'));
  return files.flatMap((name) => {
    const file = `${folder}/${name}`;
    return programsIn(textOf(file) ?? '', language).map((program) => ({ file, ...program }));
  });
}

/**
 * The programs of a table. Each stands below its heading in a fence, whose word is its dialect, or the language's id for
 * the usual one.
 */
export function programsIn(
  markdown: string,
  { id, extensions: [usual = ''] }: Pick<Language, 'id' | 'extensions'>,
): readonly Omit<Row, 'file'>[] {
  const sections = /^## (.+)\n(?:[^`#\n][^\n]*\n|\n)*(`{3,})(\w+)\n([^]*?)^\2$/gm;
  return [...markdown.matchAll(sections)].map(([, title = '', , word = '', text = '']) => ({
    title,
    source: { text: withCharacters(text.replace(/\n$/, '')), dialect: word === id ? usual : word },
  }));
}

/** Characters that an editor does not show stand by their number, `⟨U+200B⟩` or `⟦200B⟧`, or as their pictures. */
function withCharacters(text: string): string {
  return text
    .replace(/⟨U\+([\dA-F]+)⟩|⟦([\dA-F]+)⟧/g, (_, bracketed?: string, code?: string) =>
      String.fromCodePoint(Number.parseInt(bracketed ?? code ?? '', 16)),
    )
    .replaceAll('␍\n', '\r\n')
    .replaceAll('␍', '\r')
    .replaceAll('␌', '\f')
    .replaceAll('␀', '\0')
    .replaceAll('␉', '\t');
}
