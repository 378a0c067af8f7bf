/**
 * What assistants do with the hooks that `init --agent` writes: for each turn, whether the file was written, whether the
 * command ran, and what the model read next.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { files, initialised, refusingEdits, selfApproval, switchOff } from './project.js';
import { neutral } from './record.js';
import { session } from './session.js';

const end = [{ say: 'Finished.' }, { say: 'Finished again.' }, { say: 'Finished for good.' }];
const invented = { write: 'invented.py', text: 'import numpy_utils\n' };

/** What names our tool or a decision of people: a model reads nothing of them where all is approved. */
const OURS = /check-imports|vetted-imports|approve|hook/i;

/** An assistant without an event that could hold the end of a turn. */
const LETS_GO = new Set(['opencode']);

/**
 * Runs all turns with one assistant.
 *
 * @param {string} id
 * @returns {Promise<{ cells: string[], failures: string[] }>} What was seen, by {@link columns}; what should not have been.
 */
export async function seen(id) {
  const failures = [];
  const check = (name, isRight, read) => {
    if (!isRight) failures.push(`${id}: ${name}; the model read ${JSON.stringify(read)}`);
  };
  const cells = [];
  for (const turn of [clean, unapproved, byCommand, install, gate, refused])
    cells.push(...(await turn(id, check)));
  return { cells, failures };
}

export const columns = [
  'approved: import, pip install, git commit',
  'an import that nobody approved',
  'at the end of the turn',
  'such an import, written by a command',
  'pip install of it',
  'approves it by itself',
  'switches its hooks off',
  'git commit --no-verify',
  'a denied import',
  'an import that nobody approved, --mode deny',
];

async function clean(id, check) {
  const steps = [
    { write: 'clean.py', text: 'import requests\n' },
    { run: 'pip install requests' },
    { run: 'git add clean.py && git commit --quiet --message clean' },
    ...end,
  ];
  return within(id, { steps }, ({ place, read }) => {
    const [, written, ran, committed, ...more] = read;
    const happened = [
      hasFile(place, 'clean.py'),
      hasStarted(place, 'pip install requests'),
      commits(place) === 3,
    ];
    check('approved things do not happen', happened.every(Boolean), read.slice(1));
    check(
      'approved things are talked about',
      ![written, ran, committed].flat().some((text) => OURS.test(text)),
      read.slice(1),
    );
    check('the end is held without a reason', more.length === 0, more);
    return [`happen (${happened.filter(Boolean).length} of 3), nothing said, turn ends`];
  });
}

async function unapproved(id, check) {
  return within(id, { steps: [invented, ...end] }, ({ place, read }) => {
    const [, written, ...held] = read;
    check('a remark stops the edit', hasFile(place, 'invented.py'), written);
    check('the edit is not remarked on', says(written, 'numpy-utils'), written);
    const turns = LETS_GO.has(id) ? 0 : 1;
    check(`the end is held ${held.length} times`, held.length === turns, held);
    if (turns > 0) check('the end is held without the reason', says(held[0], 'numpy-utils'), held[0]);
    return [
      `${state(place, 'invented.py')}; ${quote(written)}`,
      turns === 0 ? 'not held' : `held once; ${quote(held[0])}`,
    ];
  });
}

async function byCommand(id, check) {
  const steps = [{ run: "printf 'import numpy_utils\\n' > invented.py" }, ...end];
  return within(id, { steps }, ({ place, read }) => {
    const [, , ...held] = read;
    check('the command does not run', hasFile(place, 'invented.py'), read[1]);
    const turns = LETS_GO.has(id) ? 0 : 1;
    check(`the end is held ${held.length} times`, held.length === turns, held);
    if (turns > 0) check('the end is held without the reason', says(held[0], 'numpy-utils'), held[0]);
    return [`${state(place, 'invented.py')}; ${turns === 0 ? 'not held' : 'held once'}`];
  });
}

async function install(id, check) {
  return within(id, { steps: [{ run: 'pip install numpy-utils' }, ...end] }, ({ place, read }) => {
    const hasRun = hasStarted(place, 'pip');
    check('pip runs', !hasRun, read[1]);
    check('the refusal names no package', says(read[1], 'numpy-utils'), read[1]);
    check('the end is held though nothing happened', read.length === 2, read.slice(2));
    return [`${hasRun ? 'ran' : 'did not run'}; ${quote(read[1])}`];
  });
}

async function gate(id, check) {
  const off = switchOff[id];
  const steps = [selfApproval, off, { run: 'git commit --no-verify --allow-empty --message quick' }, ...end];
  return within(id, { steps }, ({ place, read }) => {
    const isSame = textOf(place, selfApproval.edit) === files[selfApproval.edit];
    check('the assistant approves by itself', isSame, read[1]);
    check('the refusal of an approval says nothing', says(read[1], selfApproval.edit), read[1]);
    const isOn = textOf(place, off.edit).includes(off.from);
    check('the assistant switches its hooks off', isOn, read[2]);
    check('the refusal of that says nothing', OURS.test(read[2]?.join(' ') ?? ''), read[2]);
    const isCommitted = commits(place) > 2;
    check('the hook of commits is passed by', !isCommitted, read[3]);
    return [
      `${isSame ? 'not written' : 'written'}; ${quote(read[1])}`,
      `${isOn ? 'not written' : 'written'}; ${quote(read[2])}`,
      `${isCommitted ? 'ran' : 'did not run'}; ${quote(read[3])}`,
    ];
  });
}

async function refused(id, check) {
  const denied = { write: 'denied.py', text: 'import lefthook_utils\n' };
  const first = await within(id, { steps: [denied, ...end] }, ({ place, read }) => {
    check('a denied import is written', !hasFile(place, 'denied.py'), read[1]);
    check('the refusal names no package', says(read[1], 'lefthook-utils'), read[1]);
    return [`${state(place, 'denied.py')}; ${quote(read[1])}`];
  });
  const options = { steps: [invented, ...end], install: refusingEdits(id) };
  const second = await within(id, options, ({ place, read }) => {
    check('--mode deny lets an edit happen', !hasFile(place, 'invented.py'), read[1]);
    check('--mode deny names no package', says(read[1], 'numpy-utils'), read[1]);
    return [`${state(place, 'invented.py')}; ${quote(read[1])}`];
  });
  return [...first, ...second];
}

/** Runs a session and looks at what it left; an assistant that does not come to its end is a failure of its own. */
async function within(id, { steps, install: hooks = initialised(id) }, look) {
  const done = await session(id, { files, install: hooks, steps });
  try {
    assert.equal(done.ended.isLate, false, `${id} did not end: ${done.ended.stderr.slice(-2000)}`);
    assert.ok(
      done.read.length > 1,
      `${id} asked its model nothing: ${done.ended.stdout}${done.ended.stderr}`,
    );
    return look({ ...done, read: done.read.map((texts) => texts.map((text) => neutral(text, done.place))) });
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

function commits({ root, home }) {
  const options = { cwd: root, env: { PATH: process.env.PATH, HOME: home }, encoding: 'utf8' };
  return Number(execFileSync('git', ['rev-list', '--count', 'HEAD'], options));
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
