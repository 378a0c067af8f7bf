import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { outputOn } from '../../src/cli/output.ts';
import { projectRoot } from '../kit/scratch.ts';

test('sentences are made harmless, reports keep their colours and commands', () => {
  const stream = new PassThrough();
  const output = outputOn(stream);
  const text = '\u001b[31m::error::red\u001b[39m\u001b[2J\n';
  output.write(text);
  output.report(text);
  expect(String(stream.read())).toBe(
    '\\u{1b}[31m::error::red\\u{1b}[39m\\u{1b}[2J\n\u001b[31m::error::red\u001b[39m\\u{1b}[2J\n',
  );
  expect([output.isTTY, output.columns]).toEqual([false, undefined]);
});

test('only what draws on a terminal or speaks a protocol has the stream itself', () => {
  const sources = readdirSync(path.join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' });
  // Tables hold names, also such as `langgraph.stream`.
  const programs = sources.filter(
    (name) => name.endsWith('.ts') && !name.includes(`${path.sep}data${path.sep}`),
  );
  const using = (what: RegExp) =>
    programs.filter((name) => what.test(readFileSync(path.join(projectRoot, 'src', name), 'utf8')));
  expect(using(/\.stream\b/).sort()).toEqual([
    'cli/commands/lsp.ts',
    'cli/commands/mcp.ts',
    'cli/init-prompt.ts',
    'cli/progress-line.ts',
    'cli/prompts.ts',
  ]);
  expect(using(/machine\.std(?:out|err)|= process;|process\.std(?:out|err)/).sort()).toEqual(['cli/main.ts']);
});
