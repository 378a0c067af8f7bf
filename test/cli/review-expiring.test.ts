import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runWithKeys, type Step } from '../kit/keys.ts';
import { pypiHandler, wheel, type Project } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import { startServer, type TestServer } from '../kit/server.ts';
import { byAda, whitelistLine, whitelistText, type WhitelistFields } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* `review --expiring` shows approvals that end within thirty days (today is 2026-11-23), or have ended. */

const file = 'approved-packages.yaml';
const old = '2015-03-04T00:00:00Z';
const distributions = new Map<string, Project>(
  ['ended', 'soon'].map((name) => [name, { files: [wheel(name, old, [`${name}/__init__.py`])] }]),
);

const until = (expires: string): WhitelistFields => ({ approved: 'a trial', expires, ...byAda });
const ending = {
  'npm:@acme/*': until('2026-12-23'),
  'pypi:ended': until('2026-11-22'),
  'pypi:soon': until('2026-11-23'),
};
/** What is not near its end, was denied since, or never ends. */
const others = {
  'pypi:denied': { denied: 'no', ...byAda },
  'pypi:endless': { approved: 'x', ...byAda },
  'pypi:later': until('2026-12-24'),
  'pypi:old': { baseline: '2026-01-02' },
  'pypi:wanted': { requested: 'x', ...byAda },
};
const team = ['packages:', whitelistLine('pypi:shared', until('2026-12-01')), ''].join('\n');

let server: TestServer;
let scratch: Scratch;

beforeAll(async () => {
  server = await startServer(pypiHandler(distributions));
  scratch = await Scratch.with({ 'app.py': 'import ended\nimport soon\n', 'team.yaml': team });
  scratch.env['PIP_INDEX_URL'] = `${server.url}/simple`;
});

afterAll(async () => {
  scratch.dispose();
  await server.close();
});

function decided(entries: Readonly<Record<string, WhitelistFields>>, config = 'privateNames: ["@acme/*"]\n') {
  const text = whitelistText(entries);
  scratch.write({ [file]: text, '.check-importsrc': config });
  return text;
}

const twin = `${whitelistLine('pypi:denied', until('2026-11-30'))}\n`;

describe('without a terminal', () => {
  const list = (...words: readonly string[]) => runIn(scratch, ['review', '--expiring', ...words]);

  test('a line for each, the earliest end first', async () => {
    const text = decided({ ...ending, ...others });
    scratch.write({ [file]: text + twin });
    const { code, stdout, stderr } = await list();
    expect([code, scratch.read(file)]).toEqual([1, text + twin]);
    expect(stdout.split('\n')).toEqual([
      `${file}:6: pypi:ended: its approval ended on 2026-11-22; used in 1 file`,
      `${file}:7: pypi:soon: its approval ends on 2026-11-23; used in 1 file`,
      `${file}:5: npm:@acme/*: its approval ends on 2026-12-23; nothing uses it`,
      '',
    ]);
    expect(stderr).toBe('To renew or deny them, at a terminal: vetted-imports review --expiring\n');
  });

  test('what another file approves is renewed there', async () => {
    decided({ 'pypi:shared': until('2027-12-01') }, 'extends: [team.yaml]\n');
    const { code, stdout, stderr } = await list();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      'team.yaml:2: pypi:shared: its approval ends on 2026-12-01; renew it in team.yaml, because of two approvals the earlier end counts.\n',
    );
  });

  test('0 where none ends soon', async () => {
    decided(others);
    expect(await list()).toEqual({ code: 0, stdout: '', stderr: 'No approval ends soon.\n' });
  });

  test.each(['--all', '--baseline'])('2 with %s', async (flag) => {
    decided(ending);
    const { code, stderr } = await list(flag);
    expect([code, stderr.includes(`${flag} is not allowed with --expiring`)]).toEqual([2, true]);
  });
});

describe('at a terminal', () => {
  const run = (steps: readonly Step[]) => runWithKeys(scratch, ['review', '--expiring', '--no-stage'], steps);
  const renewed = 'approved: still good, imports: [ended], importsOf: "1.0"';
  const by = 'by: Ada L <ada@example.org>, date: 2026-11-23';

  test('a renewal writes a new end, or none; Enter writes nothing', async () => {
    decided(ending);
    const { code, screen } = await run([
      ['What about pypi:ended', 'a'],
      ['Until which day? It ended on 2026-11-22', '\r'],
      ['Write it as year-month-day', '2026-11-22\r'],
      ['2026-11-22 is in the past', `${'\x7f'.repeat(10)}2027-06-30\r`],
      ['Why is it approved?', 'still good\r'],
      ['What about pypi:soon', 'a'],
      ['Until which day? It ends on 2026-11-23', 'never\r'],
      ['Why is it approved?', 'good\r'],
      ['What about npm:@acme/*', 's'],
    ]);
    expect(code).toBe(1);
    expect(scratch.read(file).split('\n').slice(4)).toEqual([
      whitelistLine('npm:@acme/*', ending['npm:@acme/*']),
      `  pypi:ended: { ${renewed}, expires: 2027-06-30, ${by} }`,
      `  pypi:soon: { approved: good, imports: [soon], importsOf: "1.0", ${by} }`,
      '',
    ]);
    expect(screen).toContain(
      `Approved in ${file}:7, by Ada L <ada@example.org>, on 2026-01-02, until 2026-11-23`,
    );
    expect(screen).not.toContain('request: another person');
  });

  test('a denial stays one, and Ctrl-C at the end leaves the approval', async () => {
    decided({ 'pypi:ended': ending['pypi:ended'], 'pypi:soon': ending['pypi:soon'] });
    const { code } = await run([
      ['What about pypi:ended', 'd'],
      ['Why is it denied?', 'too old\r'],
      ['What is to be used instead?', '\r'],
      ['What about pypi:soon', 'a'],
      ['Until which day?', '\x03'],
    ]);
    expect(code).toBe(1);
    expect(scratch.read(file).split('\n').slice(4)).toEqual([
      `  pypi:ended: { denied: too old, ${by} }`,
      whitelistLine('pypi:soon', ending['pypi:soon']),
      '',
    ]);
  });

  test('what has become of the name since is said', async () => {
    decided({ 'pypi:ghost': until('2026-12-01') });
    const { screen } = await run([['What about pypi:ghost', 's']]);
    expect(screen).toContain('no package of this name');
    expect(screen).toContain('approve anew');
  });

  test('the cards of `review` ask for the end as well', async () => {
    decided({ 'pypi:ended': until('2026-11-22') });
    await scratch.commitAll('ended');
    scratch.write({ 'late.py': 'import ended\n' });
    const { code } = await runWithKeys(
      scratch,
      ['review', '--no-stage'],
      [
        ['What about pypi:ended', 'a'],
        ['Until which day?', '2027-01-01\r'],
        ['Why is it approved?', 'x\r'],
      ],
    );
    expect([code, scratch.read(file).includes('expires: 2027-01-01')]).toEqual([0, true]);
  });

  test('an assistant renews nothing', async () => {
    decided(ending);
    scratch.env['CLAUDECODE'] = '1';
    await expect(run([])).rejects.toThrow('review is for people');
    delete scratch.env['CLAUDECODE'];
  });
});
