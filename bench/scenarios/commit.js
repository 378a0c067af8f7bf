import { writeFileSync } from 'node:fs';
import path from 'node:path';
import husky from 'husky';
import { numbers, program, service } from '../generate.js';
import { bin, Repository } from '../repository.js';
import { interleaved, median, ratio } from '../timing.js';

/** `git commit` with and without the hook, which husky runs. */
export default {
  id: 'commit',
  title: '`git commit` of 20 files in a repository of 50,000',
  run() {
    const repository = new Repository();
    try {
      repository.write(service(50_000));
      repository.commit();
      installHusky(repository.root);
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
          { name: 'with the hook, against without', value: ratio(hooked, bare), unit: '×' },
        ],
      };
    } finally {
      repository.dispose();
    }
  },
};

/**
 * husky works on the repository of the working folder, and says what went wrong, or nothing.
 *
 * @param {string} root
 */
function installHusky(root) {
  const folder = process.cwd();
  process.chdir(root);
  try {
    const message = husky();
    if (message) throw new Error(message);
  } finally {
    process.chdir(folder);
  }
  writeFileSync(path.join(root, '.husky/pre-commit'), `'${process.execPath}' '${bin}' hook pre-commit\n`);
}
