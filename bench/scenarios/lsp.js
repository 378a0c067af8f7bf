import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Editor, rowOf, timeOf } from '../editor.js';
import { numbers, service } from '../generate.js';
import { Repository } from '../repository.js';

const ROUNDS = 10;
const STARTS = 5;
/** What a person takes for "at once", "soon" and "in a moment". In milliseconds. */
const [HOVER, EDITED, ALL] = [200, 500, 3000];

/** The language server, as an editor meets it. What a push takes includes the pause of 300 ms that ends typing. */
export default {
  id: 'lsp',
  title: `The language server: medians of ${ROUNDS}, starts of ${STARTS}`,
  async run() {
    const rows = [];
    for (const { project, files } of [
      { project: 'few files', files: 0 },
      { project: '3,000 files', files: 3000 },
    ]) {
      for (const kind of kinds)
        for (const lines of [1, 5000]) rows.push(...(await latency(`${project}, `, { files, kind, lines })));
    }
    return { rows: [...rows, ...(await manyDocuments()), ...(await longLine())] };
  },
};

const kinds = [
  {
    extension: 'py',
    languageId: 'python',
    first: 'import dist_001\n',
    finding: 'import foo_barrr\n',
    line: (/** @type {number} */ n) => `def f${n}(value): return value * ${n}\n`,
  },
  {
    extension: 'ts',
    languageId: 'typescript',
    first: "import one from 'pkg-001';\n",
    finding: "import two from 'foo-barrr';\n",
    line: (/** @type {number} */ n) =>
      `export function f${n}(value: number): number { return value * ${n}; }\n`,
  },
];

/**
 * @param {string} prefix
 * @param {{ files: number, kind: typeof kinds[number], lines: number }} document
 */
async function latency(prefix, { files, kind, lines }) {
  const repository = projectOf(files);
  try {
    const text = kind.first + numbers(lines).map(kind.line).join('');
    const document = { name: `src/edited.${kind.extension}`, text, kind };
    const starts = [];
    for (let round = 0; round < STARTS; round += 1)
      starts.push(await timeOf(() => openAndEnd(repository.root, document)));
    const editor = await Editor.start(repository.root);
    const times = await editedOften(editor, document);
    await editor.stop();
    const label = `${prefix}${lines === 1 ? 'small' : '5,000 lines'} .${kind.extension}`;
    return [
      rowOf(`${label}: cold`, starts),
      ...Object.entries(times).map(([what, of]) => rowOf(`${label}: ${what}`, of)),
    ];
  } finally {
    repository.dispose();
  }
}

/** From the start of the process to the first diagnostic. */
async function openAndEnd(root, { name, text, kind }) {
  const editor = await Editor.start(root);
  const { diagnostics } = await editor.open(name, kind.first + kind.finding + text, kind.languageId);
  if (diagnostics.length !== 1) throw new Error(`${name} should have 1 finding`);
  editor.server.kill();
  editor.client.dispose();
}

async function editedOften(editor, { name, text, kind }) {
  const times = { 'finding appears': [], hover: [], actions: [], 'finding goes': [] };
  await editor.open(name, text, kind.languageId);
  for (let round = -1; round < ROUNDS; round += 1) {
    const appears = await timeOf(() => editAndSee(editor, name, { text: kind.finding, findings: 1 }));
    const hover = await timeOf(() => editor.hover(name, inFirstImport(kind)));
    const actions = await timeOf(() => editor.actions(name, { ...inFirstImport(kind), line: 1 }));
    const goes = await timeOf(() => editAndSee(editor, name, { text: '', findings: 0 }));
    // The first round loads what the others have.
    if (round < 0) continue;
    times['finding appears'].push(appears);
    times.hover.push(hover);
    times.actions.push(actions);
    times['finding goes'].push(goes);
  }
  return times;
}

/** Edits the second line, and waits until the editor shows as many findings as the text has. */
async function editAndSee(editor, name, { text, findings }) {
  const { diagnostics } = await editor.published(name, await editor.edit(name, text));
  if (diagnostics.length !== findings)
    throw new Error(`${name} should have ${findings} findings, and has ${JSON.stringify(diagnostics)}`);
}

/** @param {typeof kinds[number]} kind */
function inFirstImport({ first }) {
  return { line: 0, character: first.length - 5 };
}

/** A hundred texts are open, one of them is edited, and the whitelist is saved outside of the editor. */
async function manyDocuments() {
  const repository = projectOf(0);
  try {
    const names = numbers(100).map((n) => `src/open_${n}.py`);
    const editor = await Editor.start(repository.root);
    for (const name of names) await editor.client.open(editor.uriOf(name), kinds[0].first + kinds[0].finding);
    for (const name of names) await editor.published(name, 1);
    const [edited, all, hover] = [[], [], []];
    const file = path.join(repository.root, 'approved-packages.yaml');
    const text = readFileSync(file, 'utf8');
    const name = names[50];
    for (let round = 0; round < ROUNDS; round += 1) {
      const version = await editor.edit(name, round % 2 === 0 ? '' : kinds[0].finding);
      await editor.published(name, version);
      const from = editor.client.published.length;
      writeFileSync(file, round % 2 === 0 ? `${text}  pypi:foo-barrr: { approved: x }\n` : text);
      const start = performance.now();
      await editor.client.watched({ [editor.uriOf('approved-packages.yaml')]: 'changed' });
      const versions = names.map((one) => editor.published(one, one === name ? version : 1, from));
      const first = versions[50].then(() => edited.push(performance.now() - start));
      hover.push(await longestHover(editor, name, Promise.all(versions)));
      await first;
      all.push(performance.now() - start);
    }
    await editor.stop();
    const label = '100 open documents, the whitelist is saved';
    return [
      rowOf(`${label}: the edited one`, edited, EDITED),
      rowOf(`${label}: all`, all, ALL),
      rowOf(`${label}: longest hover meanwhile`, hover, HOVER),
    ];
  } finally {
    repository.dispose();
  }
}

/** Asks again and again until something is done. @returns The longest time that an answer took, in milliseconds. */
async function longestHover(editor, name, done) {
  let [isDone, longest] = [false, 0];
  done.then(() => (isDone = true));
  // Where a timer of 100 ms settles changes, the work starts after the first question.
  do {
    longest = Math.max(longest, await timeOf(() => editor.hover(name, inFirstImport(kinds[0]))));
    await sleep(50);
  } while (!isDone);
  await done;
  return longest;
}

/** 1 MB of JavaScript on one line is opened while somebody works in another file. */
async function longLine() {
  const repository = projectOf(0);
  try {
    const editor = await Editor.start(repository.root);
    await editor.open('src/small.py', kinds[0].first, 'python');
    const [shown, hover] = [[], []];
    const text = `import "foo-barrr";\n${'a=1;'.repeat(250_000)}\n`;
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `src/long${round}.js`;
      const start = performance.now();
      await editor.client.open(editor.uriOf(name), text, 'javascript');
      const published = editor.published(name, 1).then(() => shown.push(performance.now() - start));
      hover.push(await longestHover(editor, 'src/small.py', published));
      await editor.client.close(editor.uriOf(name));
    }
    await editor.stop();
    const label = '1 MB of JavaScript on one line is opened';
    return [
      rowOf(`${label}: finding appears`, shown),
      rowOf(`${label}: longest hover elsewhere meanwhile`, hover, HOVER),
    ];
  } finally {
    repository.dispose();
  }
}

/** @param {number} files */
function projectOf(files) {
  const repository = new Repository();
  repository.write(service(Math.max(files, 8)));
  repository.commit();
  return repository;
}
