import { afterEach, expect, test } from 'vitest';
import { rounds } from '../kit/length.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const COUNT = rounds(8, 20);

test(`${COUNT} processes that approve at once lose no decision`, async () => {
  const scratch = await Scratch.with({
    'approved-packages.yaml': whitelistText({ 'pypi:flask': { approved: 'the API' } }),
  });
  open.push(scratch);
  const names = Array.from({ length: COUNT }, (_, index) => `package-${String(index).padStart(2, '0')}`);
  const done = await Promise.all(
    names.map((name) => scratch.check('approve', `pypi:${name}`, '--reason', 'x', '--offline')),
  );
  expect(done.map(({ code }) => code)).toEqual(names.map(() => 0));
  const written = [...scratch.read('approved-packages.yaml').matchAll(/^ {2}pypi:([\w-]+): \{/gm)];
  expect(written.map(([, name]) => name)).toEqual(['flask', ...names]);
  expect(await scratch.git('status', '--short')).toBe(' M approved-packages.yaml\n');
  expect(await scratch.git('diff', '--numstat')).toBe(`${COUNT}\t0\tapproved-packages.yaml\n`);
});
