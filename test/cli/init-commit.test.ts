import { afterEach, expect, test } from 'vitest';
import { run, Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/* `init` ends with what is to be committed; the command is run as it is printed. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const config = { '.check-importsrc': 'lookup: off\n' };
const declared = { ...config, 'requirements.txt': 'flask\n', 'app.py': 'import flask\n' };

test.each<[string, Readonly<Record<string, string>>, string, readonly string[]]>([
  ['a hook of git, which is not committed', declared, '.', ['.gitattributes', 'approved-packages.yaml']],
  [
    'a hook in a tracked file, from a folder below',
    {
      ...declared,
      'lefthook.yml': 'pre-commit:\n  commands:\n    lint:\n      run: "true"\n',
      'web/a.txt': '',
    },
    'web',
    ['.gitattributes', 'approved-packages.yaml', 'lefthook.yml'],
  ],
])('%s', async (_, files, cwd, committed) => {
  const scratch = await Scratch.with(files);
  open.push(scratch);
  const done = await runIn(scratch, ['init', '--yes'], { cwd });
  const [, command = ''] = /^Commit it: (.*)$/m.exec(done.stdout) ?? [];
  const where = { cwd: `${scratch.root}/${cwd}`, env: { ...scratch.env, GIT_EDITOR: 'echo linter >' } };
  await scratch.git('config', 'core.hooksPath', '/dev/null');
  expect(await run('sh', ['-c', command], where), command).toMatchObject({ code: 0 });
  const names = await scratch.git('show', '--format=', '--name-only');
  expect(names.split('\n').filter(Boolean)).toEqual(committed);
  expect(done.stdout).not.toContain('review');
  expect((await runIn(scratch, ['init', '--yes'])).stdout).not.toContain('Commit it');
});

test('where packages are requested, review is named at the end', async () => {
  const scratch = await Scratch.with({ ...declared, 'b.py': 'import numpy_utils\n' });
  open.push(scratch);
  const { stdout } = await runIn(scratch, ['init', '--yes']);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(
    'Then decide about 1 requested package: vetted-imports review',
  );
});
