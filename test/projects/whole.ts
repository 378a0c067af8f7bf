import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { formatOf } from '../../src/ecosystems/manifest-formats.ts';
import { run, Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

const folder = path.join(import.meta.dirname, '../../fixtures/projects/whole');

/** The names of the projects that are whole: sources, tests, tools, configuration, manifests. */
export const projects: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

/** @returns The text of every file of a project, by its path. */
export function filesOf(project: string): ReadonlyMap<string, string> {
  const root = path.join(folder, project);
  return new Map(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(root, file).split(path.sep).join('/'), readFileSync(file, 'utf8')]),
  );
}

/**
 * Who imports what, written by hand beside each project: `pypi:pyyaml: FILE…`, and `npm:@types/hast as npm:hast:
 * FILE…` where a finding names another package than the line that declares it.
 *
 * @returns By declared package, the findings of a project that does not declare it: `FILE PACKAGE`.
 */
export function usesOf(project: string): ReadonlyMap<string, readonly string[]> {
  const lines = readFileSync(path.join(folder, `${project}.uses.txt`), 'utf8').split('\n');
  const uses = new Map<string, string[]>();
  for (const line of lines.filter((text) => text !== '')) {
    const [, declared = '', named = declared, files = ''] = /^(\S+)(?: as (\S+))?: (.*)$/.exec(line) ?? [];
    if (declared === '') throw new Error(`${project}.uses.txt has a line that says nothing: ${line}`);
    uses.set(declared, [
      ...(uses.get(declared) ?? []),
      ...files.split(' ').map((file) => `${file} ${named}`),
    ]);
  }
  return uses;
}

/** What the project lives with before its sources come: manifests, and the config of this linter. */
export function isBase(file: string): boolean {
  return formatOf(file) !== undefined || /(?:^|\/)deps\/|^\.check-importsrc/.test(file);
}

/** A project in a real repository: its manifests are committed, all of it is staged. */
export class WholeProject {
  readonly scratch = new Scratch();
  readonly files: ReadonlyMap<string, string>;

  private constructor(project: string) {
    this.files = filesOf(project);
  }

  static async open(name: string): Promise<WholeProject> {
    const project = new WholeProject(name);
    await project.scratch.git('init', '--quiet');
    project.scratch.write(Object.fromEntries(project.files));
    await project.scratch.git('add', '--', ...[...project.files.keys()].filter(isBase));
    await project.scratch.git('commit', '--quiet', '--no-verify', '--message', 'manifests');
    await project.scratch.git('add', '--all');
    return project;
  }

  /** Stages edited files, on top of a commit of the whole project. */
  async stage(edits: ReadonlyMap<string, string>): Promise<void> {
    await this.scratch.commitAll('everything');
    this.scratch.write(Object.fromEntries(edits));
    await this.scratch.git('add', '--all');
  }

  /** @returns For each set of edited manifests a commit in which only they differ from HEAD. */
  async bases(edits: readonly ReadonlyMap<string, string>[]): Promise<readonly string[]> {
    const commits = edits.map((files, at) => {
      const texts = [...files].map(
        ([file, text]) => `M 100644 inline ${file}\ndata ${String(Buffer.byteLength(text))}\n${text}`,
      );
      return [
        `commit refs/bases/${String(at)}`,
        'committer Ada L <ada@example.org> 1764072000 +0000',
        `data 4\nbase\nfrom refs/heads/main^0`,
        ...texts,
        '',
      ].join('\n');
    });
    const { root: cwd, env } = this.scratch;
    const done = await run('git', ['fast-import', '--quiet'], { cwd, env, stdin: commits.join('') });
    if (done.code !== 0) throw new Error(done.stderr);
    const listed = await this.scratch.git(
      'for-each-ref',
      '--format=%(objectname) %(refname:lstrip=2)',
      'refs/bases',
    );
    const byNumber = new Map(
      listed
        .trim()
        .split('\n')
        .map((line) => line.split(' '))
        .map(([oid = '', at]) => [Number(at), oid]),
    );
    return edits.map((_, at) => byNumber.get(at) ?? '');
  }

  /** Makes another commit HEAD; what is staged stays as it is. */
  rebase(commit: string): void {
    this.scratch.write({ '.git/refs/heads/main': `${commit}\n` });
  }

  /** @returns What a command prints about the project, one line for each finding or fault. */
  async check(...args: readonly string[]): Promise<string[]> {
    const { stdout, stderr } = await runIn(this.scratch, [
      'check',
      ...args,
      '--offline',
      '--format',
      'concise',
    ]);
    return `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
  }

  /** @returns `FILE PACKAGE` for the findings of what is staged, each once. */
  async flagged(): Promise<string[]> {
    const lines = await this.check('--staged');
    const found = lines.map((line) => {
      const parts = /^(.*?)(?:#cell\d+)?:\d+:\d+: \w+ [a-z-]+(?:\/[a-z-]+)? .*?(?: \[([^\]]+)\])?$/.exec(
        line,
      );
      return `${parts?.[1] ?? line} ${parts?.[2] ?? 'nothing'}`;
    });
    return [...new Set(found)].toSorted();
  }
}
