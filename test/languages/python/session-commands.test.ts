import { expect, test } from 'vitest';
import { sessionCommands } from '../../../src/languages/python/session-commands.ts';
import { mentionsSession } from '../../../src/languages/python/session-mentions.ts';
import { GRAMMAR } from '../../../src/languages/python/grammar.ts';
import { allowanceFor } from '../../../src/languages/shared/steps.ts';
import { spanOfWord } from '../../../src/shell/word.ts';
import { loadTreeSitter } from '../../../src/languages/shared/tree-sitter.ts';

const parser = await loadTreeSitter(GRAMMAR);

/** The commands of a session, `?` behind what only a run can tell; what stands in the program is held against it. */
function commandsIn(body: string): readonly string[] {
  return commandsOf(`import nox\n\n@nox.session\ndef tests(session):\n    ${body}\n`);
}

function commandsOf(text: string): readonly string[] {
  return (
    parser.withTree(text, allowanceFor(text), (tree) =>
      tree === null
        ? null
        : sessionCommands(tree.rootNode).map((words) =>
            words
              .map((word, at) => {
                const { start, end } = spanOfWord(word);
                if (at > 1) expect(text.slice(start, end)).toBe(word.text);
                return word.dynamic.length > 0 ? `${word.text}?` : word.text;
              })
              .join(' '),
          ),
    ) ?? []
  );
}

test.each<readonly [body: string, commands: readonly string[]]>([
  ['session.install("a", "b>=1", "-r", "requirements.txt")', ['pip install a b>=1 -r requirements.txt']],
  ['session.install("-e", ".[dev]", silent=False)', ['pip install -e .[dev]']],
  ['session.conda_install("a", channel="b")', ['conda install a']],
  ['session.run("pip", "install", "a", external=True)', ['pip install a']],
  ['session.run_always("npx", "a"); session.run_install("uv", "sync")', ['npx a', 'uv sync']],
  [
    'session.install(f"a=={version}", *deps, "b\\x41", name)',
    ['pip install a=={version}? *deps? b\\x41? name?'],
  ],
  ['session.install("a" "b")', ['pip install "a" "b"?']],
  ['session.install()', ['pip install']],
  ['session.notify("tests"); other.install("a"); install("b")', []],
])('%s', (body, commands) => {
  expect(commandsIn(body)).toEqual(commands);
});

test('a session has the name that its parameter has', () => {
  const body = 'pass\n\n@nox.session\ndef lint(s: nox.Session):\n    s.install("a")';
  expect(commandsIn(body)).toEqual(['pip install a']);
});

test.each([
  [
    'no parameter',
    'pass\n\nsession = requests.Session()\n\ndef get(url):\n    session.run("pip", "install", "a")',
  ],
  ['another type', 'pass\n\ndef get(s: sqlalchemy.orm.Session):\n    s.run("pip", "install", "a")'],
])('a session with %s is none of nox', (_, body) => {
  const text = `import nox\n\ndef other(x):\n    ${body}\n`;
  expect(commandsOf(text)).toEqual([]);
});

test.each([
  ['import nox\nsession.install("a")', true],
  ['import nox\nprint("a")', false],
  ['db.session.run("a")', false],
])('%s: %s', (text, isMentioned) => {
  expect(mentionsSession(text)).toBe(isMentioned);
});
