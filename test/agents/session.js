/** One session of one assistant: in a repository and a home folder of its own, with a model that takes given steps. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { agents, text } from './agents.js';
import { startModel } from './model.js';

/** Package managers that only write down that they were started. */
const MANAGERS = ['pip', 'pip3', 'npm'];

/**
 * @param {string} id
 * @param {{ files?: Record<string, string>, install: (place: object) => void, steps: readonly object[], seconds?: number }} options
 */
export async function session(
  id,
  { files = {}, install, steps, model: name, from = '.', words = [], seconds = 90 },
) {
  const base = mkdtempSync(path.join(tmpdir(), `agents-${id}-`));
  const place = { base, root: path.join(base, 'project'), home: path.join(base, 'home'), model: name };
  mkdirSync(place.home);
  mkdirSync(path.join(base, 'tmp'));
  managers(place);
  repository(place, files);
  const agent = agents[id];
  const given = steps.map((step) =>
    'say' in step || 'call' in step ? step : { call: agent.call(step, place) },
  );
  const model = await startModel(given);
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
      asked: model.asked(),
      others: model.others(),
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
