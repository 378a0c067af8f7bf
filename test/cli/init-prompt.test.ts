import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { initCommand } from '../../src/cli/commands/init.ts';
import { outputOn } from '../../src/cli/output.ts';
import { runWithKeys } from '../kit/keys.ts';
import { Scratch } from '../kit/scratch.ts';

/*
 * init on a terminal: streams that say they are one, and a person who presses keys.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const [enter, down, space, leave] = ['\r', '\u001b[B', ' ', '\u0003'];

/** Runs init; whenever the screen waits for an answer, the next keys are pressed. */
async function initWith(
  scratch: Scratch,
  keys: readonly string[],
  { remove = false, question = 'Write these files?', pushes = enter } = {},
): Promise<{ code: number; screen: string }> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
  let screen = '';
  stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString('utf8');
  });
  const now = new Date('2026-11-23T09:00:00Z');
  const [out, err] = [outputOn(stdout), outputOn(new PassThrough())];
  const world = { cwd: scratch.root, env: scratch.env, stdin, stdout: out, stderr: err, now };
  const done = initCommand({ remove }, world);
  let isOver = false;
  const end = () => (isOver = true);
  done.then(end, end);
  const shows = async (text: string) => {
    while (!isOver && !screen.includes(text)) await wait(10);
  };
  if (!remove) {
    await shows('Also check what is pushed?');
    stdin.write(pushes);
  }
  await shows(question);
  for (const key of keys) {
    stdin.write(key);
    await wait(20);
  }
  return { code: await done, screen };
}

async function service(): Promise<Scratch> {
  const scratch = await Scratch.with({ 'requirements.txt': 'flask\n' });
  open.push(scratch);
  return scratch;
}

describe('on a terminal', () => {
  test('the difference is shown first, and enter writes all of it', async () => {
    const scratch = await service();
    const { code, screen } = await initWith(scratch, [enter]);
    expect(code).toBe(0);
    expect(screen.indexOf('+  pypi:flask: { baseline: 2026-11-23 }')).toBeLessThan(
      screen.indexOf('Write these files?'),
    );
    expect(
      ['approved-packages.yaml', '.gitattributes', '.git/hooks/pre-commit'].map((name) => scratch.has(name)),
    ).toEqual([true, true, true]);
  });

  test('a line that is taken out is not written', async () => {
    const scratch = await service();
    const { code } = await initWith(scratch, [down, space, enter]);
    expect(code).toBe(0);
    expect(
      ['approved-packages.yaml', '.gitattributes', '.git/hooks/pre-commit'].map((name) => scratch.has(name)),
    ).toEqual([true, false, true]);
  });

  test('a removal asks what is taken away', async () => {
    const scratch = await service();
    await initWith(scratch, [enter]);
    const { code, screen } = await initWith(scratch, [enter], { remove: true, question: 'Take these away?' });
    expect([code, screen.includes('Write')]).toEqual([0, false]);
    expect(scratch.has('.git/hooks/pre-commit')).toBe(false);
  });

  test('whether what is pushed is checked too is asked first, and the answer is no', async () => {
    const scratch = await service();
    const { screen } = await initWith(scratch, [enter]);
    expect([scratch.has('.git/hooks/pre-push'), screen.includes('Pushes')]).toEqual([false, false]);
  });

  test('who says yes gets the hook of pushes, and is not asked again', async () => {
    const scratch = await service();
    const { screen } = await initWith(scratch, [enter], { pushes: 'y' });
    expect(scratch.read('.git/hooks/pre-push')).toContain('hook pre-push');
    expect(screen).toContain('Pushes are checked: .git/hooks/pre-push calls vetted-imports (git).');
    const again = await runWithKeys(scratch, ['init'], []);
    expect([again.code, again.screen.includes('Also check what is pushed?')]).toEqual([0, false]);
  });

  test('where a hook of pushes is there, but not set up in this clone, nobody is asked', async () => {
    const scratch = await Scratch.with({
      'package.json': '{ "devDependencies": { "husky": "9" } }\n',
      '.husky/pre-push': 'vetted-imports hook pre-push "$@"\n',
    });
    open.push(scratch);
    const { code, screen } = await runWithKeys(scratch, ['init'], [['Write these files?', enter]]);
    expect([code, screen.includes('Also check what is pushed?')]).toEqual([0, false]);
    expect(scratch.read('.husky/pre-push')).toBe('vetted-imports hook pre-push "$@"\n');
    expect(screen).toContain('Pushes are not checked yet: .husky/pre-push calls vetted-imports');
  });

  test('who leaves at that question has changed nothing', async () => {
    const scratch = await service();
    await expect(initWith(scratch, [], { pushes: leave })).rejects.toThrow('nothing was written');
    expect(await scratch.git('status', '--porcelain')).toBe('');
  });

  test('who leaves has changed nothing', async () => {
    const scratch = await service();
    expect((await initWith(scratch, [leave])).code).toBe(2);
    expect(await scratch.git('status', '--porcelain')).toBe('');
    expect(scratch.has('.git/hooks/pre-commit')).toBe(false);
  });
});
