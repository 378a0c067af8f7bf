import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCommands } from '../../src/shell/read.ts';
import { splitCommands } from '../../src/shell/split.ts';
import { programName } from '../../src/shell/unwrap.ts';
import { spanOfWord } from '../../src/shell/word.ts';
import type { Command, CommandWord } from '../../src/model/command.ts';
import type { CommandDialect } from '../../src/shell/templates.ts';
import { installsIn, type CommandRow } from './installs.ts';

/** What only starts a command is taken off, and texts that shells read are read. */
const wrapped: readonly CommandRow[] = [
  ['sudo pip install a', 'a'],
  ['sudo -H -u root pip install a', 'a'],
  ['sudo --user=root -- pip install a', 'a'],
  ['doas -u root pip install a', 'a'],
  ['env -u X A=b pip install a', 'a'],
  ['env -S "pip install a"', 'a'],
  ['env -S "-u X -i pip install" a', 'a'],
  ['A=b C="d e" pip install a', 'a'],
  ['nice -n 5 pip install a', 'a'],
  ['ionice -c2 -n0 pip install a', 'a'],
  ['nohup pip install a &', 'a'],
  ['time -p pip install a', 'a'],
  ['/usr/bin/time -f %e pip install a', 'a'],
  ['command pip install a', 'a'],
  ['command -v pip install', ''],
  ['exec -a x pip install a', 'a'],
  ['timeout -k 5 60s pip install a', 'a'],
  ['stdbuf -oL pip install a', 'a'],
  ['retry -t 3 pip install a', 'a'],
  ['eatmydata pip install a', 'a'],
  ['gosu app pip install a', 'a'],
  ['su - app -c "pip install a"', 'a'],
  ['su app --command="pip install a"', 'a'],
  ['flock /tmp/lock pip install a', 'a'],
  ['flock /tmp/lock -c "pip install a"', 'a'],
  ['pyenv exec pip install a', 'a'],
  ['mise exec python@3.12 -- pip install a', 'a'],
  ['mise install python@3.12', ''],
  ['nvm exec 20 npm i a; nvm install 20', 'a'],
  ['fnm exec --using=20 npm i a', 'a'],
  ['dotenv -e .env -- npx -y a', 'a'],
  ['wsl.exe -d Ubuntu pip install a', 'a'],
  ['setpriv --reuid 1 pip install a', 'a'],
  ['unshare -rn pip install a', 'a'],
  ['xvfb-run -a -s "-screen 0" npm i a', 'a'],
  ['systemd-run --scope -p M=1 pip install a', 'a'],
  ['script -qec "pip install a" log', 'a'],
  ['nix-shell -p nodejs --run "npm i a"', 'a'],
  ['watch -n 5 pip install a', 'a'],
  ['concurrently -n x,y "npx -y a" "npm run b"', 'a'],
  ['concurrently npm:a npm:b', ''],
  ['start-server-and-test "npx -y a" 80 test', 'a'],
  ["trap 'pip install a' EXIT; trap - INT", 'a'],
  ['cross-env A=b npm i a', 'a'],
  ['direnv exec . pip install a', 'a'],
  ['find . -name r -exec pip install a \\;', 'a'],
  ['find . -name "*.whl" -exec pip install {} +', '? {}'],
  ['sudo env A=b timeout 9 nice pip install a', 'a'],
  ['bash -c "pip install a"', 'a'],
  ["sh -euxc 'pip install a && npm i b'", 'a, b'],
  ['bash -lc "pip install a"', 'a'],
  ['bash -euo pipefail -c "pip install a"', 'a'],
  ['bash script.sh -c "pip install a"', ''],
  ['zsh -c "bash -c \'pip install a\'"', 'a'],
  ['eval "pip install a"', 'a'],
  ['eval eval eval eval eval "pip install a"', 'a'],
  ['bash <<A⏎sh <<B⏎sh <<C⏎sh <<D⏎sh <<E⏎pip install a⏎E⏎D⏎C⏎B⏎A', 'a'],
  ['eval pip install a', 'a'],
  ['bash <<EOF⏎pip install a⏎EOF', 'a'],
  ["sh -s -- x <<-'EOF'⏎\tpip install a⏎\tEOF", 'a'],
  ['cat <<EOF | bash⏎pip install a⏎EOF', 'a'],
  ['bash <<< "pip install a"', 'a'],
  ['echo "pip install a" | sh', 'a'],
  ['cmd /c pip install a', 'a'],
  ['pwsh -Command "pip install a"', 'a'],
];

/** The grammar of shells. */
const structures: readonly CommandRow[] = [
  ['if ! pip install a; then pip install b; else pip install c; fi', 'a, b, c'],
  ['for x in 1 2; do pip install a; done', 'a'],
  ['for x in a "b"; do pip install "$x==1" c; done', 'a, b, c'],
  ['for x in a b; do pip install -t $x c; done', 'c'],
  ['for x in a b; do bash -c "pip install $x"; done', 'a, b'],
  ['for x in a $B; do pip install $x; done', '? $x'],
  ['for x in *.whl; do pip install $x; done', '? $x'],
  ['for x in 1 2; do for y in a b; do pip install $y==$x; done; done', '? $y==$x'],
  ['for x in a b; do echo $x; done; pip install $x', '? $x'],
  ['echo a b | xargs pip install', 'a, b'],
  ['echo -n "a b" | sudo xargs -n1 pip install -q', 'a, b'],
  ["printf '%s\\n' a b | xargs -n1 pip install", 'a, b'],
  ["printf 'a\\nb\\n' | xargs -I{} npm i {}", 'a, b'],
  ['echo $A | xargs pip install', '? $A'],
  ['echo a | xargs grep pip install', ''],
  ['cat list | xargs pip install', '? cat list'],
  ['case $x in a) pip install a ;; *) npm i b ;; esac', 'a, b'],
  ['f() { pip install a; }', 'a'],
  ['(cd x && pip install a) || exit 1', 'a'],
  ['x=$(pip install a)', 'a'],
  ['echo "$(pip install a)"', 'a'],
  ['echo `pip install a`', 'a'],
  ['echo `echo \\`pip install a\\``', 'a'],
  ['diff <(pip install a) b', 'a'],
  ['pip install a &', 'a'],
  ['! pip install a', 'a'],
  ['pip install a 2>&1 >log | tee x', 'a'],
  ['pip install a # b c', 'a'],
  ['pip install \\⏎  a \\⏎  b', 'a, b'],
  ["pip install 'a' \"b\" \\c d''e", "a, b, c, de at “d''e”"],
  ['p"i"p in\'stall\' a', 'a'],
  ["pip install $'a' $'\\x62'c $'\\n'", "a, bc at “$'\\x62'c”"],
  ['pip install {a,b-c}', 'a, b-c'],
  ['pip install a{,-b}==1 {1..3} {c}', 'a, a-b at “a{,-b”, ? {1..3}'],
  ['{pip,pip3} install a', ''],
  ["pip install '{a,b}' a\\{b,c\\}", ''],
  ['pip install ${A:-b} "${A-c}" ${A:-$B} ${A:-} ${A:=b c}', 'b, c, ? ${A:-$B}, ? ${A:-}, ? ${A:=b c}'],
  ['npm i a${V:+@${V}} "b${V:+@$V}" c${V:+-d} $N${V:+@$V}', 'a, b, ? c${V:+-d}, ? $N@$V at “$N${V:+@$V”'],
  ['${PIP:-pip} install a', 'a'],
  ['pip install "a', 'a'],
  ['pip install a; )(; pip install b', 'a, b'],
];

/** Text that no shell runs, and commands that run elsewhere. */
const silent: readonly string[] = [
  'echo pip install a',
  'echo "pip install a"',
  "printf '%s\\n' 'npm install a'",
  'cat <<EOF⏎pip install a⏎EOF',
  'cat > x.sh <<EOF⏎pip install a⏎EOF',
  'tee x <<< "pip install a"',
  '# pip install a',
  'x="pip install a"',
  'git commit -m "pip install a"',
  'grep -r "pip install a" .',
  'ssh host "pip install a"',
  'ssh host pip install a',
  'docker run image pip install a',
  'docker exec c sh -c "pip install a"',
  'kubectl exec pod -- pip install a',
  'apt-get install -y python3-pip npm',
  'apk add nodejs npm',
  'brew install yarn',
  'which pip npm',
  'type pip',
  'pipeline install a',
  'npmrc install a',
  'mypip install a',
  'pip-compile install a',
  'read -p "npm install a"',
  ': "${x:=pip install a}"',
];

describe('a command', () => {
  test.each(wrapped)('that others start: %s', async (command, installs) => {
    expect(await installsIn(command)).toBe(installs);
  });

  test.each(structures)('in its place: %s', async (command, installs) => {
    expect(await installsIn(command)).toBe(installs);
  });

  test.each(silent)('is no text, and runs here: %s', async (command) => {
    expect(await installsIn(command)).toBe('');
  });
});

const dialects: readonly (readonly [CommandDialect, string, string])[] = [
  ['exec', 'npx -y a "b c" $X', 'a'],
  ['exec', 'npx -y "${A:-b}"', 'b'],
  ['exec', 'npx -y a${V:+@${V}}', 'a'],
  ['exec', 'uvx --from "a b" c', ''],
  ['exec', "bash -c 'pip install a && pip install b'", 'a, b'],
  ['exec', 'pip install a ; | b', 'a, b'],
  ['exec', 'PIP_INDEX_URL=https://registry.example uvx a', 'https://registry.example (an index), a'],
  ['words', 'pip install a⏎npm install b', 'a, b'],
  ['words', 'if ($x) { pip install a }', 'a'],
  ['words', 'python -m pip install $pkg %name% ${x} b', '? $pkg, ? %name%, ? ${x}, b'],
  ['words', '$env:PIP_INDEX_URL = "https://registry.example"', 'https://registry.example (an index)'],
  ['words', 'set PIP_INDEX_URL=https://registry.example', 'https://registry.example (an index)'],
  ['words', 'echo "pip install a"', ''],
  ['ipython', 'pip install {x} $y a', '? {x}, ? $y, a'],
];

test.each(dialects)('%s: %s', async (dialect, command, installs) => {
  expect(await installsIn(command, dialect)).toBe(installs);
});

const pieces = [
  ...[
    'pip install ',
    'npm i ',
    'npx ',
    'uvx ',
    'sudo ',
    'env A=b ',
    'bash -c ',
    'eval ',
    'xargs ',
    'a',
    'b==1',
    '@s/c@2',
  ],
  ...[
    '"',
    "'",
    '`',
    '$(',
    ')',
    '(',
    '{',
    '}',
    '${',
    '{{',
    '}}',
    '$X',
    '|',
    '&&',
    ';',
    '\n',
    '\\',
    '\\\n',
    ' ',
    '<<E\n',
    'E\n',
  ],
  ...[
    '#',
    '[',
    ']',
    '*',
    '~',
    '=',
    '>',
    '<',
    '-r ',
    '-p ',
    '--',
    'if ',
    'then ',
    'fi',
    'do ',
    'done',
    '%',
    '!',
    '\u{1F600}',
  ],
];
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));
const anyDialect = fc.constantFrom<CommandDialect>('sh', 'exec', 'words', 'ipython');

function wordsOf({ program, words, assignments }: Command): readonly CommandWord[] {
  return [...(program === null ? [] : [program]), ...words, ...assignments.map(({ value }) => value)];
}

describe('whatever a text holds', () => {
  test('it is read, and each letter of a word that is certain stands where the word says', () => {
    fc.assert(
      fc.property(texts, anyDialect, (text, dialect) => {
        for (const command of readCommands(text, dialect).commands) {
          for (const word of wordsOf(command)) {
            const { start, end } = spanOfWord(word);
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeLessThanOrEqual(text.length);
            for (let at = 0; at < word.text.length; at += 1) {
              const place = word.spanOf({ start: at, end: at + 1 });
              expect(text.slice(place.start, place.end)).toBe(word.text.charAt(at));
            }
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('the quick look passes over nothing that is found', async () => {
    await fc.assert(
      fc.asyncProperty(texts, anyDialect, async (text, dialect) => {
        // It throws where the quick look does.
        expect(typeof (await installsIn(text, dialect))).toBe('string');
      }),
      { numRuns: 2_000 },
    );
  });

  test('a text without quotes and operators is split by both readers alike', () => {
    const plain = fc
      .array(fc.constantFrom('pip', 'install', 'a', '-r', 'b-1', 'c@2', '$X', ' ', '  ', ';', '\n', '&&'), {
        maxLength: 30,
      })
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(plain, (text) => {
        const { commands, broken } = readCommands(text, 'sh');
        if (broken !== null) return;
        const split = splitCommands(text, 'sh').map((words) => words.map((word) => word.text));
        const programs = commands.flatMap(({ program, words }) =>
          program ? [[program, ...words].map((word) => word.text)] : [],
        );
        expect(programs).toEqual(split);
      }),
    );
  });
});

test.each([
  ['/usr/bin/pip3', 'pip3'],
  ['C:\\Python\\Scripts\\pip.exe', 'pip'],
  ['pip.cmd', 'pip'],
])('the program %s is %s', (text, name) => {
  expect(programName({ text, dynamic: [], spanOf: (span) => span })).toBe(name);
});

describe('what is set for a shell', () => {
  test.each([
    ['env -u X bash -c "git commit"', 'X='],
    ['A=b sh <<EOF\ngit commit\nEOF', 'A=b'],
    ['env -S "-u X git commit"', 'X='],
    ['A=b eval "git commit"', 'A=b'],
    ['A=b bash -c "B=c bash -c \'git commit\'"', 'A=b B=c'],
    ['exec -c git commit', '*='],
    ['A=b npm test; bash -c "git commit"', ''],
  ])('%s: git gets %s', (text, expected) => {
    const git = readCommands(text, 'sh').commands.find(({ program }) => program?.text === 'git');
    expect(git?.assignments.map(({ name, value }) => `${name}=${value.text}`).join(' ')).toBe(expected);
  });

  test.each([
    ['export -n X', 'X='],
    ['declare +x X', 'X='],
    ['export X=', 'X='],
    ['export X', ''],
  ])('%s sets %s', (text, expected) => {
    const { commands } = readCommands(text, 'sh');
    const all = commands.flatMap(({ assignments }) => assignments);
    expect(all.map(({ name, value }) => `${name}=${value.text}`).join(' ')).toBe(expected);
  });
});
