/**
 * Shows what each assistant does with each form of an answer: `npm run answers --prefix test/agents`. Each form is the
 * answer to one event of one session; what is written down is whether the call happened and what the model read next.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { agents, json } from './agents.js';
import { neutral } from './record.js';
import { session } from './session.js';

const recorder = path.join(import.meta.dirname, 'recorder.js');

/** What the hook says: the model reads it, or it does not. */
const REASON = 'REASON-OF-THE-HOOK';

/** The names that an assistant gives the three events. */
const NAMES = {
  gemini: { before: 'BeforeTool', after: 'AfterTool', end: 'AfterAgent' },
};
const OTHER_NAMES = { before: 'PreToolUse', after: 'PostToolUse', end: 'Stop' };

/** @type {Record<'before' | 'after' | 'end', Record<string, (name: string) => object>>} */
export const forms = {
  before: {
    nothing: () => ({}),
    'hookSpecificOutput deny': (name) =>
      answer({
        hookSpecificOutput: {
          hookEventName: name,
          permissionDecision: 'deny',
          permissionDecisionReason: REASON,
        },
      }),
    'permissionDecision deny': () => answer({ permissionDecision: 'deny', permissionDecisionReason: REASON }),
    'decision deny': () => answer({ decision: 'deny', reason: REASON }),
    'decision block': () => answer({ decision: 'block', reason: REASON }),
    'permission deny': () => answer({ permission: 'deny', user_message: REASON, agent_message: REASON }),
    'hookSpecificOutput ask': (name) =>
      answer({
        hookSpecificOutput: {
          hookEventName: name,
          permissionDecision: 'ask',
          permissionDecisionReason: REASON,
        },
      }),
    'hookSpecificOutput allow': (name) =>
      answer({ hookSpecificOutput: { hookEventName: name, permissionDecision: 'allow' } }),
    'hookSpecificOutput additionalContext': (name) =>
      answer({ hookSpecificOutput: { hookEventName: name, additionalContext: REASON } }),
    systemMessage: () => answer({ systemMessage: REASON }),
    'empty object': () => answer({}),
    'no JSON': () => ({ stdout: `${REASON}\n` }),
    'cut JSON': () => ({ stdout: `{"decision":"deny","reason":"${REASON}` }),
    'exit code 1, stderr': () => ({ code: 1, stderr: REASON }),
    'exit code 1, deny on stdout': (name) => ({
      code: 1,
      ...answer({
        hookSpecificOutput: {
          hookEventName: name,
          permissionDecision: 'deny',
          permissionDecisionReason: REASON,
        },
      }),
    }),
    'exit code 2, stderr': () => ({ code: 2, stderr: REASON }),
    'exit code 2, silent': () => ({ code: 2 }),
    'exit code 127': () => ({ code: 127, stderr: 'not found' }),
    'later than its time limit': () => ({ wait: 4000, ...answer({ decision: 'deny', reason: REASON }) }),
  },
  after: {
    'hookSpecificOutput additionalContext': (name) =>
      answer({ hookSpecificOutput: { hookEventName: name, additionalContext: REASON } }),
    additionalContext: () => answer({ additionalContext: REASON }),
    'decision block': () => answer({ decision: 'block', reason: REASON }),
    'decision deny': () => answer({ decision: 'deny', reason: REASON }),
    systemMessage: () => answer({ systemMessage: REASON }),
    'no JSON': () => ({ stdout: `${REASON}\n` }),
    'exit code 1, stderr': () => ({ code: 1, stderr: REASON }),
    'exit code 2, stderr': () => ({ code: 2, stderr: REASON }),
  },
  end: {
    'decision block': () => answer({ decision: 'block', reason: REASON }),
    'decision deny': () => answer({ decision: 'deny', reason: REASON }),
    'hookSpecificOutput decision block': (name) =>
      answer({ hookSpecificOutput: { hookEventName: name, decision: 'block', reason: REASON } }),
    systemMessage: () => answer({ systemMessage: REASON }),
    'no JSON': () => ({ stdout: `${REASON}\n` }),
    'exit code 1, stderr': () => ({ code: 1, stderr: REASON }),
    'exit code 2, stderr': () => ({ code: 2, stderr: REASON }),
    'block each time': () => ({ once: false, ...answer({ decision: 'block', reason: REASON }) }),
  },
};

function answer(value) {
  return { stdout: JSON.stringify(value) };
}

/** What Claude Code does where a hook of a call fails, if the settings say that it shall block. */
const failing = [
  'nothing',
  'no JSON',
  'cut JSON',
  'exit code 1, stderr',
  'exit code 127',
  'later than its time limit',
];
forms['before, onFailure: block'] = Object.fromEntries(failing.map((form) => [form, forms.before[form]]));

/** What the command answers to opencode's plugin. */
const ofPlugin = {
  before: {
    nothing: () => ({}),
    'decision deny': () => answer({ decision: 'deny', reason: REASON }),
    'no JSON': () => ({ stdout: `${REASON}\n` }),
    'exit code 1, stderr': () => ({ code: 1, stderr: REASON }),
    'later than its time limit': () => ({ wait: 20_000, ...answer({ decision: 'deny', reason: REASON }) }),
  },
  after: {
    context: () => answer({ context: REASON }),
    'no JSON': () => ({ stdout: `${REASON}\n` }),
    'exit code 1, stderr': () => ({ code: 1, stderr: REASON }),
  },
  end: {
    context: () => answer({ context: REASON }),
    'decision deny': () => answer({ decision: 'deny', reason: REASON }),
  },
};

/** More turns than an assistant takes that ends by itself. */
const ENDLESS = 12;

/** @param {readonly string[]} ids The assistants to ask. */
export async function answers(ids) {
  for (const id of ids) {
    const rows = {};
    for (const [event, list] of Object.entries(id === 'opencode' ? ofPlugin : forms)) {
      if (event === 'before, onFailure: block' && id !== 'claude') continue;
      rows[event] = {};
      for (const [form, make] of Object.entries(list)) {
        const given = make((NAMES[id] ?? OTHER_NAMES)[event.slice(0, 6)] ?? '');
        const row = { write: await ask(id, event, { given, action: write }) };
        if (event.startsWith('before')) row.command = await ask(id, event, { given, action: command });
        rows[event][form] = event.startsWith('before') ? row : row.write;
        process.stdout.write(`${id} | ${event} | ${form} | ${JSON.stringify(rows[event][form])}\n`);
      }
    }
    json(path.join(import.meta.dirname, 'recorded', id), 'answers.json', rows);
  }
}

const write = { write: 'new.py', text: 'import json\n' };
const command = { run: 'pip install numpy' };

/**
 * @returns What happened after one answer to one event: whether the call did, and what the model read of the reason or
 *   instead of it; of an end, how many more requests the model got.
 */
async function ask(id, event, { given, action }) {
  const [at, onFailure] = event.split(', onFailure: ');
  const ends = Array.from({ length: ENDLESS }, (_, count) => ({ say: `Finished ${count + 1}.` }));
  const done = await session(id, {
    files: { 'old.py': 'import os\n' },
    seconds: 40,
    install(place) {
      json(place.base, 'answers.json', { [at]: given });
      const commandOf = (name) => [process.execPath, recorder, place.base, name];
      const timeout = given.wait === undefined ? 20 : 1;
      agents[id].hook(place, commandOf, timeout, onFailure === undefined ? undefined : { onFailure });
    },
    steps: at === 'end' ? ends : [action, ...ends],
  });
  const { root, base } = done.place;
  const next = done.read.slice(1);
  const texts = next.flat().filter((text) => text.includes(REASON));
  const [read = at === 'before' ? next.flat().join(' ') : undefined] = texts;
  const row =
    at === 'end'
      ? { goesOn: next.length > ENDLESS ? 'without end' : next.length }
      : {
          happened: existsSync(
            'write' in action ? path.join(root, action.write) : path.join(base, 'started'),
          ),
        };
  const own = read === undefined ? {} : { read: neutral(read, done.place).slice(0, 400) };
  done.dispose();
  return { ...row, ...own };
}
