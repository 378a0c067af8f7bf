/**
 * What assistants do with our hooks: for each turn, whether the file was written, whether the command ran, and what the
 * model read next.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  files,
  initialised,
  installed,
  plugin,
  refusingEdits,
  selfApproval,
  serverWords,
  switchOff,
} from './project.js';
import { neutral } from './record.js';
import { session } from './session.js';

/**
 * @typedef {object} Way One way in which hooks come to an assistant.
 * @property {string} id The assistant.
 * @property {string} title What it is called in the table.
 * @property {(place: object) => void} install Puts the hooks into a project.
 * @property {readonly string[]} [words] Further words of the assistant's command line.
 * @property {{ edit: string, from: string, to: string }} [off] What switches the hooks off, if the project holds them.
 * @property {{ words: readonly string[], tool: string }} [server] How it asks our server whether a package is approved.
 * @property {(place: object) => void} [strict] Puts hooks into a project that refuse edits.
 */

/** @type {readonly Way[]} */
export const ways = [
  ...['claude', 'codex', 'gemini', 'copilot', 'opencode'].map((id) => ({
    id,
    title: id,
    install: initialised(id),
    off: switchOff[id],
    strict: refusingEdits(id),
    ...(id === 'claude' ? { server: asking('mcp__check-imports__check_package', serverWords) } : {}),
  })),
  {
    id: 'claude',
    title: 'claude with its plugin',
    install: installed,
    words: ['--plugin-dir', plugin],
    server: asking('mcp__plugin_vetted-imports_check-imports__check_package', []),
  },
  // Copilot runs what the settings of Claude Code say.
  {
    id: 'copilot',
    title: 'copilot with the hooks of claude',
    install: initialised('claude'),
    off: switchOff.claude,
  },
];

function asking(tool, words) {
  return { tool, words: ['--allowedTools', tool, ...words] };
}

/** The columns of the table: what the assistant does in a turn, or its end. */
export const columns = {
  clean: 'approved: import, pip install, git commit',
  unapproved: 'an import that nobody approved',
  held: 'the end of that turn',
  byCommand: 'such an import, written by a command',
  install: 'pip install of it',
  approval: 'approves it by itself',
  off: 'switches its hooks off',
  commit: 'git commit --no-verify',
  denied: 'a denied import',
  strict: 'an import that nobody approved, --mode deny',
  below: 'an assistant of it writes such an import',
  server: 'asks check_package of the MCP server',
};

const end = [{ say: 'Finished.' }, { say: 'Finished again.' }, { say: 'Finished for good.' }];
const invented = { write: 'invented.py', text: 'import numpy_utils\n' };

/** What names our tool or a decision of people: a model reads nothing of them where all is approved. */
const OURS = /check-imports|vetted-imports|approve|hook/i;

/** An assistant without an event that could hold the end of a turn. */
const LETS_GO = new Set(['opencode']);

/**
 * Runs all turns in one way.
 *
 * @param {Way} way
 * @returns {Promise<{ cells: Record<string, string>, failures: string[] }>} What was seen, by {@link columns}; what should
 *   not have been.
 */
export async function seen(way) {
  const failures = [];
  const check = (name, isRight, read) => {
    if (!isRight) failures.push(`${way.title}: ${name}; the model read ${JSON.stringify(read)}`);
  };
  const cells = {};
  for (const turn of [clean, unapproved, byCommand, install, gate, denied, strict, below, server])
    Object.assign(cells, await turn(way, check));
  return { cells, failures };
}

function clean(way, check) {
  const steps = [
    { write: 'clean.py', text: 'import requests\n' },
    { run: 'pip install requests' },
    { run: 'git add clean.py && git commit --quiet --message clean' },
    ...end,
  ];
  return within(way, steps, ({ place, read }) => {
    const [, written, ran, committed, ...more] = read;
    const happened = [
      hasFile(place, 'clean.py'),
      hasStarted(place, 'pip install requests'),
      lastCommit(place) === 'clean',
    ];
    check('approved things do not happen', happened.every(Boolean), read.slice(1));
    const isQuiet = ![written, ran, committed].flat().some((text) => OURS.test(text));
    check('approved things are talked about', isQuiet, read.slice(1));
    check('the end is held without a reason', more.length === 0, more);
    const [count, remark] = [happened.filter(Boolean).length, isQuiet ? 'nothing said' : 'talked about'];
    return { clean: `${count} of 3 happen, ${remark}, ${more.length === 0 ? 'not held' : 'held'}` };
  });
}

function unapproved(way, check) {
  return within(way, [invented, ...end], ({ place, read }) => {
    const [, written, ...held] = read;
    check('a remark stops the edit', hasFile(place, 'invented.py'), written);
    check('the edit is not remarked on', says(written, 'numpy-utils'), written);
    checkHeld(way, check, held);
    return {
      unapproved: `${state(place, 'invented.py')}; ${quote(written)}`,
      held: `${heldText(held)}${held.length === 0 ? '' : `; ${quote(held[0])}`}`,
    };
  });
}

function byCommand(way, check) {
  const steps = [{ run: "printf 'import numpy_utils\\n' > invented.py" }, ...end];
  return within(way, steps, ({ place, read }) => {
    const [, , ...held] = read;
    check('the command does not run', hasFile(place, 'invented.py'), read[1]);
    checkHeld(way, check, held);
    return { byCommand: `${state(place, 'invented.py')}; ${heldText(held)}` };
  });
}

function checkHeld({ id }, check, held) {
  const turns = LETS_GO.has(id) ? 0 : 1;
  check(`the end is held ${held.length} times`, held.length === turns, held);
  if (turns > 0) check('the end is held without the reason', says(held[0], 'numpy-utils'), held[0]);
}

function heldText(held) {
  return held.length === 0 ? 'not held' : `held ${held.length === 1 ? 'once' : `${held.length} times`}`;
}

function install(way, check) {
  return within(way, [{ run: 'pip install numpy-utils' }, ...end], ({ place, read }) => {
    const hasRun = hasStarted(place, 'pip');
    check('pip runs', !hasRun, read[1]);
    check('the refusal names no package', says(read[1], 'numpy-utils'), read[1]);
    check('the end is held though nothing happened', read.length === 2, read.slice(2));
    return { install: `${hasRun ? 'ran' : 'did not run'}; ${quote(read[1])}` };
  });
}

/** The assistant goes round those who decide. */
function gate(way, check) {
  const { off } = way;
  const commit = { run: 'git commit --no-verify --allow-empty --message quick' };
  return within(
    way,
    [selfApproval, commit, ...(off === undefined ? [] : [off]), ...end],
    ({ place, read }) => {
      const isSame = textOf(place, selfApproval.edit) === files[selfApproval.edit];
      check('the assistant approves by itself', isSame, read[1]);
      check('the refusal of an approval says nothing', says(read[1], selfApproval.edit), read[1]);
      const isCommitted = lastCommit(place) === 'quick';
      check('the hook of commits is passed by', !isCommitted, read[2]);
      const cells = {
        approval: `${isSame ? 'not written' : 'written'}; ${quote(read[1])}`,
        commit: `${isCommitted ? 'ran' : 'did not run'}; ${quote(read[2])}`,
      };
      if (off === undefined) return cells;
      const isOn = textOf(place, off.edit).includes(off.from);
      check('the assistant switches its hooks off', isOn, read[3]);
      check('the refusal of that says nothing', says(read[3], off.edit), read[3]);
      return { ...cells, off: `${isOn ? 'not written' : 'written'}; ${quote(read[3])}` };
    },
  );
}

function denied(way, check) {
  const step = { write: 'denied.py', text: 'import lefthook_utils\n' };
  return within(way, [step, ...end], ({ place, read }) => {
    check('a denied import is written', !hasFile(place, 'denied.py'), read[1]);
    check('the refusal names no package', says(read[1], 'lefthook-utils'), read[1]);
    return { denied: `${state(place, 'denied.py')}; ${quote(read[1])}` };
  });
}

async function strict(way, check) {
  if (way.strict === undefined) return {};
  return within({ ...way, install: way.strict }, [invented, ...end], ({ place, read }) => {
    check('--mode deny lets an edit happen', !hasFile(place, 'invented.py'), read[1]);
    check('--mode deny names no package', says(read[1], 'numpy-utils'), read[1]);
    return { strict: `${state(place, 'invented.py')}; ${quote(read[1])}` };
  });
}

/** Claude Code starts others of its kind; how their turns lie between its own differs from run to run. */
async function below(way, check) {
  if (way.id !== 'claude') return {};
  const steps = [{ hand: 'Write it.' }, ...end];
  return within(way, { steps, below: [invented, ...end] }, ({ place, readBelow: [, written, ...held] }) => {
    check('a remark stops the edit of another', hasFile(place, 'invented.py'), written);
    check('the edit of another is not remarked on', says(written, 'numpy-utils'), written);
    checkHeld(way, check, held);
    return { below: `${state(place, 'invented.py')}, remarked on; ${heldText(held)}` };
  });
}

async function server(way, check) {
  if (way.server === undefined) return {};
  const { tool, words } = way.server;
  const packages = ['numpy-utils', 'requests'].map((name) => ({ ecosystem: 'pypi', name }));
  const steps = [{ call: { tool, input: { packages } } }, ...end];
  return within({ ...way, words: [...(way.words ?? []), ...words] }, steps, ({ read }) => {
    const verdicts = verdictsOf(read[1]);
    check('the server does not tell what is approved', verdicts === 'unapproved, approved', read[1]);
    return { server: `numpy-utils, requests: ${verdicts}` };
  });
}

/** @returns What an answer of check_package says of each package. */
function verdictsOf(texts = []) {
  const answer = texts.find((text) => text.startsWith('{'));
  if (answer === undefined) return 'no answer';
  return JSON.parse(answer)
    .packages.map(({ verdict }) => verdict)
    .join(', ');
}

/** Runs a session of these steps (and of those below) and looks at what it left; an assistant that does not come to its end is a failure of its own. */
async function within({ id, title, install: hooks, words }, taken, look) {
  const steps = Array.isArray(taken) ? { steps: taken } : taken;
  const done = await session(id, { files, install: hooks, words, ...steps });
  try {
    assert.equal(done.ended.isLate, false, `${title} did not end: ${done.ended.stderr.slice(-2000)}`);
    assert.ok(
      done.read.length > 1,
      `${title} asked its model nothing: ${done.ended.stdout}${done.ended.stderr}`,
    );
    const told = (turns) => turns.map((texts) => texts.map((text) => neutral(text, done.place)));
    return look({ place: done.place, read: told(done.read), readBelow: told(done.readBelow) });
  } finally {
    done.dispose();
  }
}

function hasFile({ root }, file) {
  return existsSync(path.join(root, file));
}

function textOf({ root }, file) {
  return readFileSync(path.join(root, file), 'utf8');
}

function hasStarted({ base }, command) {
  const file = path.join(base, 'started');
  return existsSync(file) && readFileSync(file, 'utf8').includes(command);
}

/** @returns The first line of its message. */
function lastCommit({ root, home }) {
  const options = { cwd: root, env: { PATH: process.env.PATH, HOME: home }, encoding: 'utf8' };
  return execFileSync('git', ['log', '-1', '--format=%s'], options).trim();
}

function says(texts, name) {
  return texts !== undefined && texts.some((text) => text.includes(name));
}

function state(place, file) {
  return hasFile(place, file) ? 'written' : 'not written';
}

/** The part of what a model read that came from the hook, as one line. */
function quote(texts = []) {
  const text = texts.findLast((candidate) => OURS.test(candidate)) ?? texts.at(-1) ?? '';
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `“${line.length > 160 ? `${line.slice(0, 160)}…` : line}”`;
}
