import { afterAll, beforeAll, expect, test } from 'vitest';
import { grade } from '../../rules/grades.ts';
import type { Answer } from '../../src/model/registry-facts.ts';
import { lookUp } from '../../src/lookups/index.ts';
import { about, askOptions, clockAt, knowledgeOf } from '../kit/ask.ts';
import { makeMachine } from '../kit/machine.ts';
import type { TestMachine } from '../kit/machine.ts';
import { startVerdaccio } from '../kit/verdaccio.ts';
import type { Verdaccio } from '../kit/verdaccio.ts';

let registry: Verdaccio;
let stranger: TestMachine;
let member: TestMachine;

beforeAll(async () => {
  registry = await startVerdaccio();
  await registry.publish('npm', '1.0.0');
  await registry.publish('left-pad', '1.0.0');
  await registry.publish('left-pad', '1.1.0', { scripts: { postinstall: 'node x.js' } });
  await registry.publish('old-thing', '1.0.0', { deprecated: 'use new-thing' });
  await registry.publish('@acme/ui', '0.1.0');
  await registry.publish('@private/secrets', '0.1.0');
  const host = registry.url.replace('http:', '');
  stranger = await makeMachine({ '.npmrc': `registry=${registry.url}/` });
  member = await makeMachine({
    '.npmrc': `registry=${registry.url}/\n${host}/:_authToken=${registry.token}`,
  });
});

afterAll(async () => {
  await stranger.remove();
  await member.remove();
  await registry.close();
});

test.each([
  ['left-pad', { kind: 'present', facts: { latest: '1.1.0', versions: { count: 2 }, installScripts: true } }],
  ['old-thing', { kind: 'present', facts: { deprecated: 'use new-thing' } }],
  ['@acme/ui', { kind: 'present', facts: { versions: { count: 1 }, created: { state: 'present' } } }],
  ['numpy-utils', { kind: 'absent' }],
  ['@acme/missing', { kind: 'absent' }],
  ['@private/secrets', { kind: 'unknown', reason: 'no permission at HOST (HTTP 401)' }],
  ['@private/missing', { kind: 'unknown', reason: 'no permission at HOST (HTTP 401)' }],
])('a stranger sees %s', async (name, expected) => {
  expect(await see(name, stranger)).toMatchObject(expected);
});

test.each([
  ['@private/secrets', { kind: 'present' }],
  ['@private/missing', { kind: 'absent' }],
])('a member sees %s', async (name, expected) => {
  expect(await see(name, member)).toMatchObject(expected);
});

test('what was published just now is young', async () => {
  const question = about('npm', 'left-pad');
  const now = new Date().toISOString();
  const outcome = await lookUp([question], askOptions(stranger.machine, { clock: clockAt(now) }));
  const { facts } = knowledgeOf(outcome, question);
  expect(
    grade(facts, { youngSince: '2026-01-01T00:00:00.000Z', oldBefore: '2020-01-01T00:00:00.000Z' }),
  ).toBe('young');
});

async function see(name: string, { machine }: TestMachine): Promise<Answer> {
  const question = about('npm', name);
  const { answer } = knowledgeOf(await lookUp([question], askOptions(machine)), question).facts;
  if (!('reason' in answer)) return answer;
  return { ...answer, reason: answer.reason.replace(/(?:127\.0\.0\.1|localhost):\d+/, 'HOST') };
}
