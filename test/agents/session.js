/** One session of one assistant: in a repository and a home folder of its own, with a model that takes given steps. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { agents, PROMPT, text } from './agents.js';
import { startModel } from './model.js';

/** Package managers that only write down that they were started. */
const MANAGERS = ['pip', 'pip3', 'npm'];

/**
 * Runs an assistant to its end.
 *
 * @param {string} id
 * @param {object} options
 * @param {Record<string, string>} [options.files] What is committed in the repository.
 * @param {(place: object) => void} options.install Puts hooks there.
 * @param {readonly object[]} options.steps What the model does: actions, and what it says.
 * @param {readonly object[]} [options.below] What the model does as an assistant of the assistant.
 * @param {string} [options.model] The name of the model: some are given other tools.
 * @param {string} [options.from] The folder of the repository that the assistant is started in.
 * @param {readonly string[]} [options.words] Further words of its command line.
 * @param {number} [options.seconds] After which it is ended.
 */
export async function session(
  id,
  { files = {}, install, steps, below = [], model: name, from = '.', words = [], seconds = 90 },
) {
  const base = mkdtempSync(path.join(tmpdir(), `agents-${id}-`));
  const place = { base, root: path.join(base, 'project'), home: path.join(base, 'home'), model: name };
  mkdirSync(place.home);
  mkdirSync(path.join(base, 'tmp'));
  managers(place);
  repository(place, files);
  const agent = agents[id];
  const step = (action) =>
    'say' in action || 'call' in action ? action : { call: agent.call(action, place) };
  const model = await startModel(steps.map(step), { prompt: PROMPT, below: below.map(step) });
  try {
    place.url = model.url;
    agent.prepare(place);
    install(place);
    const { command, args, env } = agent.start(place);
    const ended = await run(command, [...args, ...words], {
      cwd: path.join(place.root, from),
      env: { ...environment(place), ...env },
      seconds,
    });
    return {
      place,
      ended,
      read: model.read(),
      readBelow: model.readBelow(),
      dispose: () => rmSync(base, { recursive: true, force: true }),
    };
  } finally {
    await model.close();
  }
}

function environment({ home, base }) {
  return {
    HOME: home,
    PATH: `${path.join(base, 'bin')}:${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    GIT_CONFIG_NOSYSTEM: '1',
    // Some leave files beside their home.
    TMPDIR: path.join(base, 'tmp'),
  };
}

function managers({ base, home }) {
  for (const name of MANAGERS) {
    text(base, `bin/${name}`, `#!/bin/sh\necho "${name} $*" >> "${base}/started"\n`);
    chmodSync(path.join(base, 'bin', name), 0o755);
  }
  // A login shell sets PATH anew.
  const profile = `export PATH="${path.join(base, 'bin')}:$PATH"\n`;
  for (const file of ['.profile', '.bash_profile', '.bashrc', '.zshenv']) text(home, file, profile);
  text(home, '.gitconfig', '[init]\n\tdefaultBranch = main\n');
}

function repository(place, files) {
  for (const [file, content] of Object.entries(files)) text(place.root, file, content);
  const git = (...args) =>
    execFileSync('git', args, {
      cwd: place.root,
      env: environment(place),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  mkdirSync(place.root, { recursive: true });
  git('init', '--quiet');
  // Gemini gives the commands that it runs no settings of the person.
  git('config', 'user.name', 'Someone');
  git('config', 'user.email', 'someone@registry.example');
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', 'start');
}

/** Runs a process in a group of its own, and ends the group: an assistant leaves processes behind. */
function run(command, args, { cwd, env, seconds }) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let isLate = false;
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    const end = () => {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch (error) {
        // The group has ended by itself.
        if (error.code !== 'ESRCH') throw error;
      }
    };
    const timer = setTimeout(() => {
      isLate = true;
      end();
    }, seconds * 1000);
    child.on('error', fail);
    child.on('exit', (code) => {
      clearTimeout(timer);
      end();
      done({ code, stdout, stderr, isLate });
    });
  });
}
