import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { object, parse, record, string } from 'valibot';
import { expect, test } from 'vitest';
import { projectRoot } from './kit/scratch.ts';
import { longSuites } from './long-suites.ts';

const textOf = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8');
const { scripts } = parse(
  object({ scripts: record(string(), string()) }),
  JSON.parse(textOf('package.json')),
);

test('what has a long form is listed, with the part of the sources that it holds', () => {
  const suites = readdirSync(path.join(projectRoot, 'test'), { recursive: true, encoding: 'utf8' })
    .map((file) => `test/${file.split(path.sep).join('/')}`)
    .filter((file) => file.endsWith('.test.ts') && /from '[./]+\/kit\/length\.ts'/.test(textOf(file)));
  expect(longSuites.map(({ suite }) => suite)).toEqual(suites.toSorted());
  for (const { holds } of longSuites) expect(existsSync(path.join(projectRoot, holds)), holds).toBe(true);
});

test('the command of the README runs all tests, and a check runs them once', () => {
  expect(textOf('README.md')).toMatch(/^npm ci && npm test {2,}#/m);
  expect(scripts['test']).toBe('vitest run');
  expect(scripts['check']?.split(' && ').filter((step) => /\btest\b/.test(step))).toEqual(['npm test']);
  const steps = textOf('.ci/run')
    .split('\n')
    .filter((line) => line.startsWith('step npm'));
  expect(steps).toEqual(['step npm ci', 'step npm run check', 'step npm run demo']);
});
