import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clientPage } from '../kit/clients.ts';
import { runWithKeys } from '../kit/keys.ts';
import { pypiHandler, wheel, type Project } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import { json, reply, startServer, type TestServer } from '../kit/server.ts';
import { byAda, whitelistText, type WhitelistFields } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* One decision about several packages takes only names that were shown and are graded `exists`. Registries are canned. */

const file = 'approved-packages.yaml';
const old = '2015-03-04T00:00:00Z';
const yesterday = '2026-11-22T00:00:00Z';

const distribution = (name: string, uploaded = old, module = name): [string, Project] => [
  name,
  { files: [wheel(name, uploaded, [`${module}/__init__.py`])] },
];
const distributions = new Map<string, Project>([
  distribution('plain'),
  distribution('dull'),
  distribution('grey'),
  distribution('fresh', yesterday),
  distribution('quarry'),
  distribution('other-name', old, 'benignpkg'),
  ['locked', { status: 'quarantined', files: [wheel('locked', old, ['locked/__init__.py'])] }],
]);
const documents = new Map(
  ['undici', '@acme/ui'].map((name) => [
    name,
    {
      name,
      'dist-tags': { latest: '1.0.0' },
      time: { created: old, '1.0.0': old },
      versions: { '1.0.0': {} },
    },
  ]),
);

const asked = { requested: 'for the warehouse', by: 'Ada L <ada@example.org>', date: '2026-01-02' };
const by = 'by: Ada L <ada@example.org>, date: 2026-11-23';
const servers: TestServer[] = [];
let scratch: Scratch;

beforeAll(async () => {
  scratch = await Scratch.with({ [file]: whitelistText({}) });
  const pypi = await startServer(pypiHandler(distributions));
  const npm = await startServer(({ path }, response) => {
    const found = documents.get(decodeURIComponent(path.slice(1)));
    reply(response, found ? json(found) : (clientPage(path) ?? json({ error: 'Not found' }, 404)));
  });
  servers.push(pypi, npm);
  scratch.writeHome({ '.npmrc': `registry=${npm.url}/\n` });
  scratch.env['PIP_INDEX_URL'] = `${pypi.url}/simple`;
});

beforeEach(() => {
  scratch.write({ 'app.py': '', '.check-importsrc': '' });
});

afterAll(async () => {
  scratch.dispose();
  for (const server of servers) await server.close();
});

function decided(entries: Readonly<Record<string, WhitelistFields>>): string {
  const text = whitelistText(entries);
  scratch.write({ [file]: text });
  return text;
}

/** The line of each package in the whitelist, by what it says first: `approved pypi:plain`. */
const kinds = () =>
  [...scratch.read(file).matchAll(/^ {2}(\S+): \{ (\w+): /gm)].map(
    ([, key = '', kind = '']) => `${kind} ${key}`,
  );

const wholesale = ['approve', '--all-requested', '--reason', 'looked at', '--no-stage'];

describe('approve --all-requested', () => {
  const dull = { 'npm:undici': asked, 'pypi:plain': asked };

  test('shows each package with who asked and what its registry knows, and approves all of them', async () => {
    decided(dull);
    const { code, stdout, stderr } = await runIn(scratch, [...wholesale, '--yes']);
    for (const label of ['npm:undici', 'pypi:plain'])
      expect(stdout).toMatch(
        new RegExp(`^${label}\n  Requested by Ada L .* on 2026-01-02: for the warehouse\n  exists: yes`, 'm'),
      );
    expect([code, stderr.includes('left')]).toEqual([0, false]);
    const requester = 'asked: Ada L <ada@example.org>';
    expect(scratch.read(file)).toBe(
      whitelistText({}) +
        `  npm:undici: { approved: looked at, ${by}, created: 2015-03-04, ${requester} }\n` +
        `  pypi:plain: { approved: looked at, imports: [plain], importsOf: "1.0", ${by}, ${requester} }\n`,
    );
  });

  test('one end for all of them', async () => {
    decided(dull);
    await runIn(scratch, [...wholesale, '--yes', '--expires', '2027-01-31']);
    expect(scratch.read(file).match(/expires: 2027-01-31/g)).toHaveLength(2);
  });

  test.each<[key: string, fields: WhitelistFields, why: string]>([
    ['pypi:fresh', asked, 'its grade is young'],
    ['pypi:ghost', asked, 'its grade is nonexistent'],
    ['pypi:locked', asked, 'its grade is malicious'],
    ['npm:@acme/*', asked, 'it is a whole scope'],
    ['pypi:quarry', { ...asked, imports: ['numpy'] }, 'its request names the module numpy'],
    ['pypi:other-name', asked, 'its grade is unproven'],
  ])('nine dull, one odd: %s is left out, and named', async (key, fields, why) => {
    scratch.write({ 'app.py': 'import other_name\n' });
    decided({ ...dull, [key]: fields });
    const { code, stdout, stderr } = await runIn(scratch, [...wholesale, '--yes']);
    expect(code).toBe(1);
    expect(stderr).toContain(`${key} is left out: ${why}`);
    expect(stderr).toContain('To decide about the 1 request left, at a terminal: vetted-imports review\n');
    expect(stdout).not.toContain(key);
    expect(kinds().toSorted()).toEqual(['approved npm:undici', 'approved pypi:plain', `requested ${key}`]);
  });

  test('a request for a module that the archive shows goes along', async () => {
    decided({ 'pypi:quarry': { ...asked, imports: ['quarry'] } });
    expect((await runIn(scratch, [...wholesale, '--yes'])).code).toBe(0);
    expect(kinds()).toEqual(['approved pypi:quarry']);
  });

  test('what somebody decided is not approved with it', async () => {
    const before = decided({
      'npm:undici': { denied: 'no', ...byAda },
      'pypi:dull': { approved: 'x', expires: '2026-01-01', ...byAda },
      'pypi:plain': { approved: 'x', ...byAda },
    });
    scratch.write({
      [file]:
        before +
        ['  npm:undici', '  pypi:dull', '  pypi:plain'].map((key) => `${key}: { requested: y }\n`).join(''),
    });
    const text = scratch.read(file);
    const { code, stderr } = await runIn(scratch, [...wholesale, '--yes']);
    expect([code, scratch.read(file)]).toEqual([1, text]);
    expect(stderr).toContain('pypi:dull is left out: its approval has ended\n');
    expect(stderr).not.toContain('undici');
  });

  test('nothing where no registry answers', async () => {
    scratch.write({ '.check-importsrc': 'lookup: off\n' });
    const before = decided(dull);
    const { code, stderr } = await runIn(scratch, [...wholesale, '--yes']);
    expect([code, scratch.read(file)]).toEqual([1, before]);
    expect(stderr).toContain('pypi:plain is left out: its grade is not-asked\n');
  });

  test('nothing where nobody asks for anything', async () => {
    const before = decided({ 'pypi:plain': { approved: 'x', ...byAda } });
    const { code, stderr } = await runIn(scratch, [...wholesale, '--yes']);
    expect([code, stderr, scratch.read(file)]).toEqual([0, 'There is no request to decide.\n', before]);
  });

  test('without a terminal and without --yes it lists, and writes nothing', async () => {
    const before = decided(dull);
    const { code, stdout, stderr } = await runIn(scratch, wholesale);
    expect([code, scratch.read(file)]).toEqual([2, before]);
    expect(stdout).toContain('pypi:plain\n  Requested by');
    expect(stderr).toContain('there is no terminal to confirm on');
  });

  test('at a terminal Enter alone approves nothing', async () => {
    const before = decided(dull);
    const question = 'Approve these 2 packages with one reason?';
    const refused = await runWithKeys(scratch, wholesale, [[question, '\r']]);
    expect([refused.code, scratch.read(file)]).toEqual([1, before]);
    const { code, screen } = await runWithKeys(scratch, wholesale, [[question, 'y']]);
    expect(screen.indexOf('npm:undici')).toBeLessThan(screen.indexOf(question));
    expect([code, kinds()]).toEqual([0, ['approved npm:undici', 'approved pypi:plain']]);
  });

  test.each([
    [['--despite', 'young'], '--despite is not allowed with --all-requested'],
    [['--source', 'https://files.example/x.whl'], '--source is not allowed with --all-requested'],
    [['--imports', 'a'], '--imports is not allowed with --all-requested'],
    [['--offline'], '--offline is not allowed with --all-requested'],
    [['--record-imports'], '--record-imports is not allowed with --all-requested'],
    [['pypi:plain'], '--all-requested names the packages itself'],
    [['--expires', '2026-01-01'], '2026-01-01 is in the past'],
  ])('not with %j', async (words, says) => {
    const before = decided(dull);
    const { code, stderr } = await runIn(scratch, [...wholesale, '--yes', ...words]);
    expect([code, stderr.includes(says), scratch.read(file)]).toEqual([2, true, before]);
  });

  test('--yes alone answers no question', async () => {
    const before = decided(dull);
    const { code, stderr } = await runIn(scratch, ['approve', 'pypi:plain', '--reason', 'x', '--yes']);
    expect([code, scratch.read(file)]).toEqual([2, before]);
    expect(stderr).toContain('--yes goes with --all-requested');
  });

  test('an assistant is told to have a person look at the cards', async () => {
    const before = decided(dull);
    const { code, stdout, stderr } = await runIn(scratch, [...wholesale, '--yes'], {
      env: { CLAUDECODE: '1' },
    });
    expect([code, stdout, scratch.read(file)]).toEqual([2, '', before]);
    expect(stderr).toContain('Then a person runs: vetted-imports review\n');
    expect(stderr).not.toContain('--all-requested');
  });
});
