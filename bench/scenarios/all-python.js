import { spawnSync } from 'node:child_process';
import { numbers, pythonTree } from '../generate.js';
import { bin, Repository } from '../repository.js';
import { interleaved, median, outputOf, ratio } from '../timing.js';

/** Parses every Python file below the working folder with CPython's own parser, and prints what they import. */
const reader = `
import ast, os
found = set()
for folder, _, names in os.walk('.'):
    for name in names:
        if not name.endswith('.py'):
            continue
        with open(os.path.join(folder, name), 'rb') as file:
            tree = ast.parse(file.read())
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                found.add(node.module)
print(' '.join(sorted(found)))
`;

/** A whole Python project: check-imports against the least that a tool built on CPython's parser has to do. */
export default {
  id: 'all-python',
  title: "A whole Python project, as ratios to CPython's ast in the same rounds",
  missing() {
    const { error } = spawnSync('python3', ['--version']);
    return error ? 'there is no python3 on PATH; install it' : null;
  },
  run() {
    return { rows: [measure(500, { rounds: 5 }), measure(5000, { rounds: 3, budget: 1 })] };
  },
};

/**
 * @param {number} files
 * @param {{ rounds: number, budget?: number }} options
 */
function measure(files, { rounds, budget }) {
  const repository = new Repository();
  try {
    repository.write(pythonTree(files));
    repository.commit();
    const cwd = repository.root;
    const python = { program: 'python3', args: ['-c', reader], cwd };
    const own = { program: process.execPath, args: [bin, '--all', '--offline'], cwd };
    const expected = ['app', ...numbers(20).map((n) => `dist_${String(n).padStart(3, '0')}`), 'os'].join(' ');
    const read = outputOf(python).trim();
    if (read !== expected) throw new Error(`CPython should read ${expected}, and reads ${read}`);
    const [walls, others] = interleaved([own, python], rounds);
    return {
      name: `${files} files, against ast.parse`,
      value: ratio(walls, others),
      unit: '×',
      ...(budget === undefined ? {} : { budget }),
      note: `${median(walls).toFixed(0)} ms against ${median(others).toFixed(0)} ms`,
    };
  } finally {
    repository.dispose();
  }
}
