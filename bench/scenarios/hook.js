import { numbers, program, service } from '../generate.js';
import { bin, Repository } from '../repository.js';
import { interleaved, median, ratio } from '../timing.js';

const ROUNDS = 21;

/** What a hook costs, as ratios to a bare start of Node in the same rounds. The whitelist has 300 entries. */
export default {
  id: 'hook',
  title: 'Hook runs, as ratios to `node -e 0`',
  run() {
    const rows = [
      measure('nothing relevant staged, 300 tracked files', { tracked: 300, stage: readme, budget: 1.4 }),
      measure('10 settled files, 300 tracked', { tracked: 300, stage: () => settled(10), budget: 1.6 }),
      measure('15 settled files, 300 tracked', { tracked: 300, stage: () => settled(15), budget: 1.45 }),
      measure('10 Dockerfiles and workflows, settled, 300 tracked', {
        tracked: 300,
        stage: commandFiles,
        budget: 3,
      }),
      measure('10 settled files, 50,000 tracked', { tracked: 50_000, stage: () => settled(10), budget: 2 }),
      measure('one unknown Python import, offline', {
        tracked: 300,
        stage: python,
        budget: 2.8,
        found: true,
      }),
      measure('one unknown TypeScript import, offline', {
        tracked: 300,
        stage: typescript,
        budget: 8,
        found: true,
      }),
      measure('one unknown Python import, 50,000 tracked: HEAD is searched for it', {
        tracked: 50_000,
        stage: python,
        budget: 14,
        found: true,
      }),
      measure('one import that HEAD has elsewhere, 50,000 tracked: a warning', {
        tracked: 50_000,
        base: old,
        stage: python,
        budget: 14,
        args: ['--offline'],
      }),
    ];
    return { rows };
  },
};

/**
 * @typedef {object} Case
 * @property {number} tracked How many files HEAD has.
 * @property {() => (readonly [string, string])[]} [base] Files that HEAD has besides.
 * @property {() => (readonly [string, string])[]} stage
 * @property {number} budget
 * @property {boolean} [found] The commit is stopped.
 * @property {string[]} [args]
 */

/**
 * @param {string} name
 * @param {Case} scenario
 */
function measure(name, { tracked, base, stage, budget, found = false, args = [] }) {
  const repository = new Repository();
  try {
    repository.write([...service(tracked), ...(base?.() ?? [])]);
    repository.commit();
    repository.pack();
    repository.write(stage());
    repository.stage();
    const cwd = repository.root;
    const words = [bin, '--staged', ...args, ...(found ? ['--offline'] : [])];
    const [bare, hook] = interleaved(
      [
        { program: process.execPath, args: ['-e', '0'], cwd },
        { program: process.execPath, args: words, cwd, ok: [found ? 1 : 0] },
      ],
      ROUNDS,
    );
    const note = `${median(hook).toFixed(0)} ms against ${median(bare).toFixed(0)} ms`;
    return { name, value: ratio(hook, bare), unit: '×', budget, note };
  } finally {
    repository.dispose();
  }
}

/** @returns {(readonly [string, string])[]} */
function readme() {
  return [['README.md', '# Another service\n']];
}

/** @param {number} count */
function settled(count) {
  return numbers(count).map((n) => program(n, 'second'));
}

/**
 * What installs approved packages alone: five images, five workflows.
 *
 * @returns {(readonly [string, string])[]}
 */
function commandFiles() {
  return numbers(5).flatMap((n) => [
    [
      `images/part${n}/Dockerfile`,
      `FROM python:3.13\nENV PIP_NO_CACHE_DIR=1\nRUN apt-get update \\\n && apt-get install -y git \\\n && pip install -U pip dist-00${n + 1} 'dist-01${n}>=2'\nRUN npm install -g pkg-00${n + 1}@1\nCMD ["python", "-m", "part${n}"]\n`,
    ],
    [
      `.github/workflows/part${n}.yml`,
      `on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: npm ci && npm install --no-save pkg-01${n}\n      - name: tools\n        run: |\n          python -m pip install -r requirements.txt\n          pip install dist-02${n}\n`,
    ],
  ]);
}

/** @returns {(readonly [string, string])[]} */
function old() {
  return [['src/part3/old.py', 'import numpy_utils\n']];
}

/** @returns {(readonly [string, string])[]} */
function python() {
  return [['src/new.py', 'import os\nimport numpy_utils\n']];
}

/** @returns {(readonly [string, string])[]} */
function typescript() {
  return [
    [
      'src/new.ts',
      "import fs from 'node:fs';\nimport pad from 'left-pad-utils';\nexport default [fs, pad];\n",
    ],
  ];
}
