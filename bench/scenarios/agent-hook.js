import { program, service } from '../generate.js';
import { bin, Repository } from '../repository.js';
import { interleaved, median, ratio } from '../timing.js';

const ROUNDS = 21;

/** The first runs of a kind leave the code that they compiled to all others (src/cli/code-cache.ts), and are not counted. */
const FIRST_RUNS = 8;

/** What an agent waits for before each call of a tool, as ratios to a bare start of Node in the same rounds. */
export default {
  id: 'agent-hook',
  title: 'Hooks of coding agents, as ratios to `node -e 0`',
  run() {
    const repository = new Repository();
    try {
      repository.write(service(300));
      repository.commit();
      repository.pack();
      const [path, text] = program(1, 'first');
      const file = `${repository.root}/${path}`;
      const write = (content) => ({ tool_name: 'Write', tool_input: { file_path: file, content } });
      const command = (words) => ({ tool_name: 'Bash', tool_input: { command: words } });
      const rows = [
        measure(repository, 'an edit that imports nothing new', {
          event: write(`${text}\n# more\n`),
          budget: 1.6,
        }),
        measure(repository, 'an edit that imports an approved package', {
          event: write(`${text}${path.endsWith('.py') ? '\nimport dist_042\n' : "\nimport 'pkg-042';\n"}`),
          budget: 1.6,
        }),
        measure(repository, 'a command that installs nothing', { event: command('ls -la src'), budget: 1.6 }),
        measure(repository, 'a command that installs an approved package', {
          event: command('npm install pkg-001'),
          budget: 3.5,
        }),
      ];
      return { rows };
    } finally {
      repository.dispose();
    }
  },
};

/**
 * @param {Repository} repository
 * @param {string} name
 * @param {{ event: Record<string, unknown>, budget: number }} scenario
 */
function measure({ root: cwd }, name, { event, budget }) {
  const input = JSON.stringify({ hook_event_name: 'PreToolUse', cwd, ...event });
  const runs = [
    { program: process.execPath, args: ['-e', '0'], cwd },
    { program: process.execPath, args: [bin, 'agent-hook', '--agent', 'claude'], cwd, input },
  ];
  interleaved(runs, FIRST_RUNS);
  const [bare, hook] = interleaved(runs, ROUNDS);
  const note = `${median(hook).toFixed(0)} ms against ${median(bare).toFixed(0)} ms`;
  return { name, value: ratio(hook, bare), unit: '×', budget, note };
}
