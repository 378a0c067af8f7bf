import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../kit/scratch.ts';

/*
 * What users read is plain English: the words that ruff, cargo and git use. The table holds phrases that stood in
 * messages and pages until November 2026 and that a native speaker stumbled over.
 */
const unclear: readonly { readonly phrase: RegExp; readonly instead: string; readonly example: string }[] = [
  { phrase: /\b[Mm]end(?:s|ed)?\b/, instead: 'fix', example: 'Mend the syntax' },
  {
    phrase: /(?<!\b[Tt]here )\b(?:is|are) no (?!longer\b|such\b|more\b)/,
    instead: 'is not a',
    example: 'x is no name that npm could have',
  },
  {
    phrase: /\bstands? (?:twice|a second time|\S+ times)\b/,
    instead: 'duplicate',
    example: '“by” stands twice',
  },
  { phrase: /\bbelongs? into\b/, instead: 'add to', example: 'files belong into `ignorePaths`' },
  {
    phrase: /\bcomes? (?:there|to the call)\b/,
    instead: 'git runs it',
    example: 'commits do not come there',
  },
  {
    phrase: /\b[Nn]obody (?:can|decided|knows|recorded|sees|thinks)\b/,
    instead: 'is unknown, has no decision',
    example: 'nobody can tell where it leads',
  },
  { phrase: /\bvouch(?:es|ed)?\b(?!-)/, instead: 'approve, cover', example: 'no registry vouches for it' },
  {
    phrase: /\bwith commas between\b/,
    instead: 'comma-separated',
    example: 'modules, with commas between them',
  },
  { phrase: /\b[Rr]eplace by\b/, instead: 'replace with', example: 'Replace by numpy' },
  {
    phrase: /\bWho prefers\b|\bWhoever\b/,
    instead: 'to …, if you …',
    example: 'Who prefers one writes',
  },
  {
    phrase: /\bexclude each other\b/,
    instead: 'cannot be combined',
    example: '--all and --staged exclude each other',
  },
  {
    phrase: /\bapprovals? (?:that (?:is|was|are) |is |was |are )over\b/,
    instead: 'expired',
    example: 'its approval is over',
  },
  { phrase: /\b[Nn]othing can go\b/, instead: 'nothing to remove', example: 'Nothing can go from x' },
  {
    phrase: /\bbe a language server\b/,
    instead: 'start the language server',
    example: 'be a language server',
  },
  {
    phrase: /\bmeans nothing (?:beside|under|for)\b/,
    instead: 'is not allowed',
    example: '“use” means nothing beside',
  },
  {
    phrase: /\bbroke the connection off\b/,
    instead: 'closed the connection',
    example: 'registry.example broke the connection off',
  },
  { phrase: /\bout of the blue\b/, instead: 'unexpected', example: 'HTTP 304 out of the blue' },
  {
    phrase: /\bwants fewer requests\b/,
    instead: 'limits the rate of requests',
    example: 'registry.example wants fewer requests',
  },
  { phrase: /\btakes? an end away\b/, instead: 'remove the expiry date', example: 'never takes an end away' },
];

const filesOf = (...patterns: readonly string[]) =>
  execFileSync('git', ['ls-files', '-z', '--', ...patterns], { cwd: projectRoot, encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && !file.includes('/data/'));

const textOf = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8');

/** A text of a program, and where it begins. */
interface Literal {
  readonly text: string;
  readonly place: string;
}

function literalsIn(file: string): readonly Literal[] {
  const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest);
  const literals: Literal[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      literals.push({ text: node.text, place: `${file}:${String(line + 1)}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return literals;
}

const literals = filesOf('src/*.ts', 'rules/*.ts').flatMap(literalsIn);
const pages = filesOf(
  'README.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'docs/*.md',
  'rules/*.md',
  'schema/*.json',
  'action.yml',
  '.pre-commit-hooks.yaml',
);

function complaintsAbout({ text, place }: Literal): readonly string[] {
  return unclear.flatMap(({ phrase, instead }) => {
    const found = phrase.exec(text)?.[0];
    return found === undefined ? [] : [`${place}: “${found}”, better: ${instead}`];
  });
}

describe('plain words', () => {
  test.each(unclear)('$example', ({ phrase, example }) => {
    expect(example).toMatch(phrase);
  });

  test.each([
    'there is no format called x',
    'it is no longer there',
    'reads a replacement',
    'belongs to npm',
  ])('nothing is said against “%s”', (text) => {
    expect(complaintsAbout({ text, place: '' })).toEqual([]);
  });

  test('messages', () => {
    expect(literals.flatMap(complaintsAbout)).toEqual([]);
  });

  test('pages and schemas', () => {
    const lines = pages.flatMap((file) =>
      textOf(file)
        .split('\n')
        .map((text, at) => ({ text, place: `${file}:${String(at + 1)}` })),
    );
    expect(lines.flatMap(complaintsAbout)).toEqual([]);
  });

  test('messages have one form of apostrophe', () => {
    const typewritten = literals.filter(({ text }) => /[a-z]'(?:t|s|re|ll) [a-z]/.test(text));
    expect(typewritten).toEqual([]);
  });
});

describe('one name', () => {
  test('stands in one file', () => {
    const spelled = literals.filter(
      ({ text, place }) => /(?:check|vetted)-imports/.test(text) && !place.startsWith('src/model/tool.ts:'),
    );
    expect(spelled).toEqual([]);
  });

  test('is the command wherever a page shows one', () => {
    const shown = pages.flatMap((file) =>
      [
        ...textOf(file).matchAll(
          /\bcheck-imports (?:--[a-z]|(?:approve|check|explain|hook|init|list|review)\b).*/g,
        ),
      ].map(([line]) => `${file}: ${line}`),
    );
    expect(shown).toEqual([]);
  });
});
