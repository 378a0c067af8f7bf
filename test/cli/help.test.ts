import { beforeAll, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/** What each page of help says, on standard output. */
const pages = new Map<string, string>();

beforeAll(async () => {
  const scratch = await Scratch.with({});
  for (const command of ['', 'check', 'ci', 'init', 'approve', 'list', 'lsp']) {
    const words = command === '' ? ['--help'] : [command, '--help'];
    pages.set(command, (await runIn(scratch, words)).stdout);
  }
  scratch.dispose();
});

describe('--help', () => {
  test.each(['Usage: vetted-imports ', '\nExamples:\n', '\nExit codes:\n  0 ', 'https://github.com/'])(
    'has %j',
    (text) => {
      expect(pages.get('')).toContain(text);
    },
  );

  test('of a command has its options, and no default that is empty', () => {
    expect(pages.get('check')).toContain('--format <format[=file]>');
    expect([...pages.values()].filter((page) => page.includes('(default: [])'))).toEqual([]);
  });

  test('names one command on every page', () => {
    expect([...pages.values()].filter((page) => page.includes('check-imports'))).toEqual([]);
  });
});
