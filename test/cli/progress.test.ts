import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { program } from '../../src/cli/program.ts';
import { outputOn } from '../../src/cli/output.ts';
import { progressOn } from '../../src/cli/progress.ts';
import { ProgressLine } from '../../src/cli/progress-line.ts';
import { Scratch } from '../kit/scratch.ts';
import { now } from '../kit/world.ts';

const CLEARED = '\r\u001b[2K';

/** A terminal, or a pipe, that keeps what is written. */
function screen({ isTTY = true, columns = 120 } = {}) {
  const written: string[] = [];
  const write = (chunk: Buffer, _: string, done: () => void) => {
    written.push(chunk.toString('utf8'));
    done();
  };
  const stream = Object.assign(new Writable({ write }), { isTTY, columns });
  return { output: outputOn(stream), text: () => written.join('') };
}

/** What is drawn of steps at times: in seconds, and files that are done. */
function drawn(total: number, steps: readonly (readonly [number, number])[], columns?: number): string[] {
  const { output, text } = screen({ columns });
  let time = 0;
  const line = new ProgressLine(output, 'files', () => time * 1000);
  for (const [at, finished] of steps) {
    time = at;
    line.step(finished, total);
  }
  return text().split(CLEARED).slice(1);
}

describe('the line', () => {
  const steady = (seconds: number, each: number) =>
    Array.from({ length: seconds * 10 + 1 }, (_, at) => [at / 10, Math.round((at * each) / 10)] as const);

  test.each([
    [
      'says how far a run is',
      3600,
      [
        [0, 0],
        [0.1, 360],
      ],
      '██░░░░░░░░░░░░░░░░░░ 360 of 3,600 files',
    ],
    ['foresees nothing from a short time', 3600, steady(1.9, 400), '████░░░░░░░░░░░░░░░░ 760 of 3,600 files'],
    [
      'foresees the rest from a steady rate',
      3600,
      steady(3, 400),
      '███████░░░░░░░░░░░░░ 1,200 of 3,600 files, about 6 s left',
    ],
    [
      'rounds what is far',
      10_000,
      steady(3, 100),
      '█░░░░░░░░░░░░░░░░░░░ 300 of 10,000 files, about 2 min left',
    ],
    [
      'rounds what is less far',
      3600,
      steady(3, 100),
      '██░░░░░░░░░░░░░░░░░░ 300 of 3,600 files, about 35 s left',
    ],
    [
      'counts on what is slower lately',
      3600,
      [...steady(2, 400), [3, 1120], [4, 1440]],
      '████████░░░░░░░░░░░░ 1,440 of 3,600 files, about 7 s left',
    ],
    [
      'foresees nothing where the pace changed',
      3600,
      [...steady(2, 400), [4, 900]],
      '█████░░░░░░░░░░░░░░░ 900 of 3,600 files',
    ],
    [
      'foresees nothing where nothing moves',
      3600,
      [
        [0, 10],
        [2, 10],
        [4, 10],
      ],
      '░░░░░░░░░░░░░░░░░░░░ 10 of 3,600 files',
    ],
    [
      'says nothing of what is left at the end',
      1200,
      [...steady(2, 400), [3, 1200]],
      '████████████████████ 1,200 of 1,200 files',
    ],
    ['has nothing to divide by', 0, [[0, 0]], '████████████████████ 0 of 0 files'],
  ] as const)('%s', (_, total, steps, expected) => {
    expect(drawn(total, steps).at(-1)).toBe(expected);
  });

  test('is drawn ten times a second, and once all are done', () => {
    const steps = [[0, 1], [0.05, 2], [0.1, 3], [0.15, 4], [0.16, 5]] as const; // prettier-ignore
    expect(drawn(5, steps).map((text) => text.split(' ')[1])).toEqual(['1', '3', '5']);
  });

  test('is no wider than the terminal, where it could not be cleared', () => {
    expect(drawn(100_000, [[0, 50_000]], 30)).toEqual(['██████████░░░░░░░░░░ 50,000 o']);
  });
});

describe('progress', () => {
  const world = { cwd: '/', stdin: new PassThrough(), stdout: screen().output, now };

  /** Steps once a second, the first after `patience` milliseconds. */
  async function shown(env: Record<string, string>, { isTTY = true, patience = 600, ends = true } = {}) {
    const { output, text } = screen({ isTTY });
    let time = 0;
    const progress = progressOn({ ...world, env, stderr: output }, 'files', () => time);
    time += patience;
    progress.step(1, 3);
    await vi.dynamicImportSettled();
    time += 1000;
    progress.step(2, 3);
    if (ends) progress.done();
    return text();
  }

  test('is shown at a terminal, and taken away', async () => {
    expect((await shown({})).split(CLEARED)).toEqual([
      '',
      expect.stringContaining('1 of 3 files'),
      expect.stringContaining('2 of 3 files'),
      '',
    ]);
  });

  test.each([
    ['where no terminal is', {}, { isTTY: false }],
    ['on a build server that offers a terminal', { CI: 'true' }, {}],
    ['at a terminal that can only append', { TERM: 'dumb' }, {}],
  ])('is not shown %s', async (_, env, options) => {
    expect(await shown(env, options)).toBe('');
  });

  test.each([{ CI: 'false' }, { CI: '' }, { TERM: 'xterm' }])('is shown with %j', async (env) => {
    expect(await shown(env)).toContain('2 of 3 files');
  });

  test('is not shown of a short run, nor after it', async () => {
    const { output, text } = screen();
    let time = 0;
    const progress = progressOn({ ...world, env: {}, stderr: output }, 'files', () => time);
    time = 400;
    progress.step(1, 2);
    time = 501;
    progress.step(2, 2);
    progress.done();
    await vi.dynamicImportSettled();
    expect(text()).toBe('');
  });
});

describe('of a whole tree', () => {
  let scratch: Scratch;

  beforeEach(async () => {
    const files = Array.from(
      { length: 400 },
      (_, at) => [`src/f${String(at)}.ts`, "import 'left-pad';\n"] as const,
    );
    scratch = await Scratch.with({
      'package.json': '{ "dependencies": { "left-pad": "1" } }',
      ...Object.fromEntries(files),
    });
    let time = 0;
    vi.spyOn(process, 'uptime').mockImplementation(() => (time += 0.1));
  });

  afterEach(() => {
    vi.restoreAllMocks();
    scratch.dispose();
  });

  test.each([
    ['--all', '--offline'],
    ['list', '--references'],
    ['init', '--dry-run', '--offline'],
  ])('%s %s', async (...args) => {
    const run = async (isTTY: boolean) => {
      const { output, text } = screen({ isTTY });
      const { root: cwd } = scratch;
      const env = { ...scratch.env, CI: '', TERM: 'xterm' };
      const world = {
        cwd,
        env,
        stdin: new PassThrough(),
        stdout: screen({ isTTY: false }).output,
        stderr: output,
        now,
      };
      await program(args, world);
      return text();
    };
    const text = await run(true);
    expect(stripVTControlCharacters(text)).toMatch(/40\d of 40\d files/);
    expect(text.endsWith(CLEARED)).toBe(true);
    expect(await run(false)).not.toContain(CLEARED);
  });
});
