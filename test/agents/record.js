/**
 * Writes down, for each assistant, the events that it hands to hooks: `npm run record --prefix test/agents`. What differs
 * from run to run (identifiers, times, temporary folders) is replaced, so that a run with the same versions changes no file.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { agents, json } from './agents.js';
import { session } from './session.js';

const recorder = path.join(import.meta.dirname, 'recorder.js');
const notebook = JSON.stringify({
  cells: [
    { cell_type: 'code', id: 'a', metadata: {}, source: ['import os\n'], outputs: [], execution_count: null },
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

const files = {
  'old.py': 'import os\n',
  'gone.py': 'import os\n',
  'moved.py': 'import os\n',
  'book.ipynb': notebook,
};

/** The steps that every assistant takes; each gives an event before it and one after it. */
const common = [
  ['write', { write: 'new.py', text: 'import json\n' }],
  ['edit', { edit: 'old.py', from: 'import os', to: 'import sys' }],
  ['command', { run: 'echo hello' }],
];

/** Several files in one call; the assistants that have a tool for patches offer it to some models alone. */
const patches = [
  [
    'patch',
    {
      patch: [
        '*** Delete File: gone.py',
        '*** Update File: moved.py',
        '*** Move to: there.py',
        '@@',
        '-import os',
        '+import sys',
        '*** Add File: third.py',
        '+import re',
      ].join('\n'),
    },
  ],
];
const overwrite = [['overwrite', { write: 'new.py', text: 'import sys\n' }]];

/** The sessions that are recorded of each assistant. */
const sessions = {
  claude: [
    {
      steps: [
        ...common,
        [undefined, { read: 'new.py' }],
        ...overwrite,
        [undefined, { read: 'book.ipynb' }],
        ['notebook', { cell: 'a', of: 'book.ipynb', text: 'import sys\n' }],
      ],
    },
    // The events of an assistant that it starts; its own come between them.
    {
      steps: [[undefined, { hand: 'Write it.' }]],
      below: [['write', { write: 'new.py', text: 'import json\n' }]],
      prefix: 'below-',
    },
  ],
  codex: [{ steps: [...common, ...patches] }],
  gemini: [{ steps: [...common, ...overwrite] }],
  copilot: [
    { steps: common },
    { steps: patches, model: 'gpt-5.5' },
    { steps: common, prefix: 'camel-', hook: camel },
    { steps: patches, prefix: 'camel-', model: 'gpt-5.5', hook: camel },
  ],
  opencode: [{ steps: [...common, ...overwrite] }, { steps: patches, model: 'gpt-5.5' }],
};

/** Event names in the other spelling, which give events of another shape. */
function camel(place, commandOf) {
  agents.copilot.hook(place, commandOf, 10, ['preToolUse', 'postToolUse', 'agentStop']);
}

/** @param {readonly string[]} ids The assistants to record. */
export async function record(ids) {
  for (const id of ids) {
    const folder = folderOf(id);
    mkdirSync(folder, { recursive: true });
    for (const file of readdirSync(folder)) if (file !== 'answers.json') rmSync(path.join(folder, file));
    const events = await recordingOf(id);
    for (const [name, event] of events) json(folder, name, event);
    process.stdout.write(`${id}: ${events.size} events\n`);
  }
}

/**
 * Compares what an assistant hands to hooks with what was recorded.
 *
 * @param {string} id
 * @returns {Promise<string[]>} One sentence for each event that is there no more, is new, or differs.
 */
export async function unlike(id) {
  const folder = folderOf(id);
  const recorded = readdirSync(folder).filter((file) => file !== 'answers.json');
  const events = await recordingOf(id);
  return [...new Set([...recorded, ...events.keys()])]
    .filter(
      (name) =>
        !recorded.includes(name) ||
        !isDeepStrictEqual(JSON.parse(readFileSync(path.join(folder, name), 'utf8')), events.get(name)),
    )
    .map((name) => `${id}: ${name} is not as recorded; npm run record --prefix test/agents writes it anew`);
}

function folderOf(id) {
  return path.join(import.meta.dirname, 'recorded', id);
}

/** Runs the sessions of an assistant. @returns {Promise<Map<string, object>>} Its events, by the name of the file. */
async function recordingOf(id) {
  const events = new Map();
  for (const options of sessions[id])
    for (const [name, event] of await recordOne(id, options)) events.set(name, event);
  return events;
}

async function recordOne(id, { steps, below = [], model, prefix = '', hook = agents[id].hook }) {
  const ends = [{ say: 'Finished.' }, { say: 'Finished again.' }];
  const decision = id === 'gemini' ? 'deny' : 'block';
  const done = await session(id, {
    files,
    model,
    install(place) {
      const held = { stdout: JSON.stringify({ decision, reason: 'Say it again.' }) };
      json(place.base, 'answers.json', { end: held });
      hook(place, (event) => [process.execPath, recorder, place.base, event]);
    },
    steps: [...steps.map(([, action]) => action), ...ends],
    below: [...below.map(([, action]) => action), ...ends],
  });
  const isBelow = below.length > 0;
  const named = (isBelow ? below : steps).map(([name]) => name).filter((name) => name !== undefined);
  const names = {
    before: named.map((name) => `before-${name}`),
    // After a command opencode's plugin asks nothing.
    after: named.filter((name) => id !== 'opencode' || name !== 'command').map((name) => `after-${name}`),
    end: ['end', 'end-again'],
  };
  const events = eventsOf(done.place)
    .map(({ event, stdin }) => ({ event, value: JSON.parse(stdin) }))
    .filter(({ value }) => Object.hasOwn(value, 'agent_id') === isBelow)
    .map(({ event, value }) => [`${prefix}${names[event].shift()}.json`, neutral(value, done.place)]);
  done.dispose();
  return events;
}

/** @returns The events that the recorder wrote down in a place. */
export function eventsOf({ base }) {
  const file = path.join(base, 'events.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Replaces what differs from run to run. */
export function neutral(value, place) {
  if (typeof value === 'string') return neutralText(value, place);
  if (Array.isArray(value)) return value.map((part) => neutral(part, place));
  if (typeof value !== 'object' || value === null) {
    // A time in ms, how long something took, or the id of a process.
    return typeof value === 'number' && value > 1_000_000_000_000 ? 1_767_225_600_000 : value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === 'duration_ms' ? 1 : neutral(part, place)]),
  );
}

function neutralText(value, { base, root, home }) {
  return value
    .replaceAll(process.execPath, 'node')
    .replaceAll(import.meta.dirname, '/suite')
    .replaceAll(root, '/project')
    .replaceAll(home, '/user')
    .replaceAll(base, '/base')
    .replaceAll(base.replaceAll('/', '-'), '-base')
    .replaceAll(
      /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
      '00000000-0000-4000-8000-000000000000',
    )
    .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g, '2026-01-01T00:00:00.000Z')
    .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d-\d\d(?:-\d\d)?(?:-[0-9a-f]{8}(?!-))?\b/g, '2026-01-01T00-00-00')
    .replaceAll(/\/\d{4}\/\d\d\/\d\d\//g, '/2026/01/01/')
    .replaceAll(/\b(toolu|call)_\d{8}\b/g, '$1_1')
    .replaceAll(/\b(ses|evt|msg)_[0-9A-Za-z]{20,}\b/g, '$1_1')
    .replaceAll(/\ba[0-9a-f]{16}\b/g, 'a1')
    .replaceAll(/PGID: \d+/g, 'PGID: 1')
    .replaceAll(/(<current_datetime>)[^<]*/g, '$1')
    .replaceAll(/Chunk ID: \w+/g, 'Chunk ID: 1');
}
