import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import path from 'node:path';
import { parse as parseToml } from 'smol-toml';
import ts from 'typescript';
import * as v from 'valibot';
import { projectRoot, run, type Scratch } from '../kit/scratch.ts';

/* Linters and the compiler, as a page of the documentation configures them. */

/** What a tool says of a line. */
export interface Finding {
  readonly rule: string;
  /** The first line, from 1: what a filter of added lines goes by. */
  readonly line: number;
}

/** @returns The names of rules as the page has them: each once, without the plugin, sorted. */
export const namesOf = (findings: readonly Finding[]): readonly string[] =>
  [...new Set(findings.map(({ rule }) => rule.replace(/^.*\//, '')))].sort();

/** @returns The findings of a sample, by the comment in its first column that they stand behind. */
export function byFunction(
  text: string,
  findings: readonly Finding[],
): ReadonlyMap<string, readonly Finding[]> {
  let current = '';
  const titles = text.split('\n').map((line) => (current = /^(?:#|\/\/) (.+)$/.exec(line)?.[1] ?? current));
  const named = [...new Set(titles)].filter((title) => title !== '');
  return new Map(named.map((title) => [title, findings.filter(({ line }) => titles[line - 1] === title)]));
}

const ruffOutput = v.array(v.object({ code: v.string(), start_location: v.object({ row: v.number() }) }));
const pyproject = v.object({ tool: v.looseObject({ ruff: v.looseObject({}) }) });

/**
 * @param toml A pyproject.toml with settings of ruff.
 * @returns What ruff says of a text. Its WebAssembly knows no files, so it judges no path.
 */
export function ruff(text: string, toml: string): readonly Finding[] {
  const { tool } = v.parse(pyproject, parseToml(toml));
  using workspace = new Workspace(tool.ruff, PositionEncoding.Utf16);
  const found = v.parse(ruffOutput, workspace.check(text));
  return found.map(({ code, start_location }) => ({ rule: code, line: start_location.row }));
}

const eslintOutput = v.array(
  v.object({
    filePath: v.string(),
    messages: v.array(v.object({ ruleId: v.nullable(v.string()), line: v.number(), message: v.string() })),
  }),
);

/** @returns What ESLint, as its users start it, says of all files of a repository, by file. */
export async function eslint(scratch: Scratch): Promise<ReadonlyMap<string, readonly Finding[]>> {
  const program = path.join(projectRoot, 'node_modules/eslint/bin/eslint.js');
  const done = await run(process.execPath, [program, '--format', 'json', '.'], {
    cwd: scratch.root,
    env: scratch.env,
  });
  if (done.code > 1 || done.stderr !== '') throw new Error(`ESLint: ${done.stderr}`);
  return new Map(
    v
      .parse(eslintOutput, JSON.parse(done.stdout))
      .map(({ filePath, messages }) => [
        path.relative(scratch.root, filePath),
        messages.map(({ ruleId, line, message }) => ({ rule: ruleId ?? message, line })),
      ]),
  );
}

/**
 * @param config A tsconfig.json.
 * @returns What the compiler says of each of some files.
 */
export function compiler(
  scratch: Scratch,
  config: string,
  files: readonly string[],
): ReadonlyMap<string, readonly Finding[]> {
  const { options, errors } = ts.parseJsonConfigFileContent(JSON.parse(config), ts.sys, scratch.root);
  if (errors.length > 0) throw new Error(`tsconfig.json: error ${String(errors[0]?.code)}`);
  const paths = files.map((file) => path.join(scratch.root, file));
  const program = ts.createProgram(paths, options);
  const findings = (file: string) => {
    const source = program.getSourceFile(path.join(scratch.root, file));
    // Not of the libraries, which take seconds.
    return program.getSemanticDiagnostics(source).map(({ code, start = 0 }) => ({
      rule: `TS${String(code)}`,
      line: (source?.getLineAndCharacterOfPosition(start).line ?? -1) + 1,
    }));
  };
  return new Map(files.map((file) => [file, findings(file)]));
}
