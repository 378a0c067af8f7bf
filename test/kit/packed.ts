import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot, run, type Finished, type Scratch } from './scratch.ts';

/**
 * The tool as users get it: the files of the packed tarball, beside its dependencies. It is unpacked once and linked
 * into each project, as package managers with a store do.
 */
export class PackedTool {
  readonly #folder: string;
  readonly #packages: string;

  constructor() {
    this.#folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'check-imports-packed-')));
    this.#packages = path.join(this.#folder, 'node_modules');
    const tool = path.join(this.#packages, 'vetted-imports');
    mkdirSync(tool, { recursive: true });
    execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', this.#folder], {
      cwd: projectRoot,
      stdio: 'ignore',
    });
    const [tarball] = readdirSync(this.#folder).filter((name) => name.endsWith('.tgz'));
    if (!tarball) throw new Error('npm pack made no tarball');
    execFileSync('tar', ['-xzf', path.join(this.#folder, tarball), '-C', tool, '--strip-components=1']);
    chmodSync(path.join(tool, 'bin/check-imports.js'), 0o755);
    for (const dependency of ['web-tree-sitter', '@typescript-eslint', 'typescript'])
      symlinkSync(path.join(projectRoot, 'node_modules', dependency), path.join(this.#packages, dependency));
  }

  /** Puts the tool, and packages of this checkout, into a project's node_modules, with the commands of the tool. */
  installIn(scratch: Scratch, packages: readonly string[] = []): void {
    const target = path.join(scratch.root, 'node_modules');
    mkdirSync(path.join(target, '.bin'), { recursive: true });
    symlinkSync(path.join(this.#packages, 'vetted-imports'), path.join(target, 'vetted-imports'));
    for (const command of ['vetted-imports', 'check-imports'])
      symlinkSync('../vetted-imports/bin/check-imports.js', path.join(target, '.bin', command));
    for (const name of packages)
      symlinkSync(path.join(projectRoot, 'node_modules', name), path.join(target, name));
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Runs the tool that is installed in a project, as a person in its root folder does. */
export function vettedImports(
  scratch: Scratch,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const command = path.join(scratch.root, 'node_modules/.bin/vetted-imports');
  return run(command, args, { cwd: scratch.root, env: { ...scratch.env, ...env } });
}
