/**
 * Counts local names (variables, parameters, bindings) of src that are pronouns, adverbs or participles: they say when a
 * value stands in the story, and never what it is. Fails where there are more than MOST; --where lists them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A ratchet: it may be lowered, and never raised. */
const MOST = 0;

const WORDS = new Set(
  (
    'one ones other others another here there now then before after above below beyond beside behind found known ' +
    'unknown told asked looked kept gone rest own near some same such both heard learned wanted written judged seen ' +
    'given taken made held met left_over'
  ).split(' '),
);

const root = path.resolve(import.meta.dirname, '..');
const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => `src/${file.split(path.sep).join('/')}`);

const names = files.flatMap(namesIn);
const lines = files.reduce((sum, file) => sum + codeLines(textOf(file)), 0);
if (process.argv.includes('--where')) console.log(names.join('\n'));
const share = ((1000 * names.length) / lines).toFixed(1);
console.log(
  `${names.length} local names of ${lines} lines (${share} per 1,000) are no nouns; at most ${MOST}.`,
);
if (names.length > MOST) {
  console.error(`Name each value after what it is:\n${names.join('\n')}`);
  process.exitCode = 1;
}

/** @returns Each such name of a file with its place: `src/a.ts:7 found`. */
function namesIn(file) {
  const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true);
  const places = [];
  const visit = (node) => {
    const declares = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
    if (declares && ts.isIdentifier(node.name) && WORDS.has(node.name.text)) {
      const { line } = source.getLineAndCharacterOfPosition(node.name.getStart());
      places.push(`${file}:${line + 1} ${node.name.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return places;
}

/** Lines with code: neither empty nor comments. */
function codeLines(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;
}

function textOf(file) {
  return readFileSync(path.join(root, file), 'utf8');
}
