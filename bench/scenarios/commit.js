import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { numbers, program, service } from '../generate.js';
import { bin, Repository } from '../repository.js';
import { interleaved, median } from '../timing.js';

/** `git commit` with and without the hook, as husky runs it: a shell script that `core.hooksPath` leads to. */
export default {
  id: 'commit',
  title: '`git commit` of 20 files in a repository of 50,000',
  run() {
    const repository = new Repository();
    try {
      repository.write(service(50_000));
      repository.commit();
      installHusky(repository.root);
      repository.git('config', 'core.hooksPath', '.husky/_');
      repository.write(numbers(20).map((n) => program(n, 'second')));
      repository.stage();
      const cwd = repository.root;
      const identity = ['-c', 'user.name=Ada L', '-c', 'user.email=ada@example.org'];
      // Each round amends the commit of the same 20 files, so that every round finds the same work.
      repository.git('commit', '--quiet', '--no-verify', '--message', 'change');
      const commit = [...identity, 'commit', '--quiet', '--amend', '--no-edit'];
      const [bare, hooked] = interleaved(
        [
          { program: 'git', args: [...commit, '--no-verify'], cwd },
          { program: 'git', args: commit, cwd },
        ],
        11,
      );
      return {
        rows: [
          { name: 'without a hook', value: median(bare), unit: 'ms' },
          { name: 'with the hook', value: median(hooked), unit: 'ms' },
        ],
      };
    } finally {
      repository.dispose();
    }
  },
};

/** @param {string} root */
function installHusky(root) {
  const folder = path.join(root, '.husky/_');
  mkdirSync(folder, { recursive: true });
  const hook = path.join(folder, 'pre-commit');
  writeFileSync(hook, '#!/usr/bin/env sh\n. "$(dirname -- "$0")/h"\n');
  writeFileSync(path.join(folder, 'h'), 'sh -e "$(dirname "$(dirname "$0")")/pre-commit" "$@"\n');
  writeFileSync(path.join(root, '.husky/pre-commit'), `'${process.execPath}' '${bin}' hook pre-commit\n`);
  chmodSync(hook, 0o755);
}
