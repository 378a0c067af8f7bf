import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { array, nullable, object, parse, string, type InferOutput } from 'valibot';
import { UsageError } from '../../src/app/usage-error.ts';
import { clientPage } from '../kit/clients.ts';
import { runWithAnswers, type Answer } from '../kit/keys.ts';
import { startPypi, wheel, type Project } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import { json, reply, startServer, type TestServer } from '../kit/server.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn, type Circumstances } from '../kit/world.ts';

/*
 * Everything that is printed to be run is run as it stands, and what it writes is held against what it was printed for.
 * An outcome reads `COMMAND → what it wrote; whether the finding is gone`. The registries are canned.
 */

const file = 'approved-packages.yaml';
const old = '2015-03-04T00:00:00Z';
const yesterday = '2026-11-22T00:00:00Z';

const distribution = (
  name: string,
  module = name.replaceAll('-', '_'),
  uploaded = old,
): [string, Project] => [name, { files: [wheel(name, uploaded, [`${module}/__init__.py`])] }];
const distributions = new Map<string, Project>([
  ['locked', { status: 'quarantined', files: [wheel('locked', old, ['locked/__init__.py'])] }],
  distribution('async-redisgraph', 'benignpkg'),
  distribution('requestss'),
  distribution('fresh', 'fresh', yesterday),
  distribution('plain'),
  distribution('used'),
  distribution('asked'),
  distribution('ended'),
  distribution('unseen'),
  distribution('left'),
  distribution('quarry-core', 'qcore'),
  distribution('quarry-kit', 'qkit'),
  distribution('quarry-new', 'qnew'),
  // Somebody else's, of the modules' own names.
  distribution('qcore'),
  distribution('qkit'),
  distribution('qnew'),
]);

const served = (name: string, version = '1.0.0', created = old): [string, object] => [
  name,
  {
    name,
    'dist-tags': { latest: version },
    time: { created, [version]: created },
    versions: { [version]: {} },
  },
];
const documents = new Map<string, object>([
  ['gone', { name: 'gone', time: { created: old, unpublished: { time: old } } }],
  served('held', '0.0.1-security'),
  served('expresss'),
  served('fresh', '1.0.0', new Date(yesterday).toISOString()),
  ...['plain', 'used', 'asked', 'ended', 'unseen', 'known'].map((name) => served(name)),
]);

const decisions = {
  'npm:asked': { requested: 'a chart', ...byAda },
  'npm:ended': { approved: 'x', expires: '2026-11-01', ...byAda },
  'npm:forbidden': { denied: 'no', ...byAda },
  'npm:request': { denied: 'no', use: 'npm:undici', ...byAda },
  'npm:unseen': { approved: 'x', unverified: true, ...byAda },
  'pypi:asked': { requested: 'a chart', ...byAda },
  'pypi:ended': { approved: 'x', expires: '2026-11-01', ...byAda },
  'pypi:forbidden': { denied: 'no', ...byAda },
  'pypi:pillow': { approved: 'x', ...byAda },
  'pypi:pycurl': { denied: 'no', use: 'pypi:httpx', ...byAda },
  'pypi:quarry-core': { baseline: '2026-01-02' },
  'pypi:unseen': { approved: 'x', unverified: true, ...byAda },
};

const base: Readonly<Record<string, string>> = {
  [file]: whitelistText(decisions),
  '.npmrc': '',
  'app.py': '',
  'fast.py': 'import _fast\n',
  'main.js': '',
  'old.js': "import 'used';\n",
  'old.py': 'import used\n',
  'late.py': 'import ended\n',
  'package.json': '{ "dependencies": { "known": "1" } }\n',
  'requirements.txt': 'left\nquarry-kit\n',
};

const servers: TestServer[] = [];
const scratches: Scratch[] = [];
const urls = { npm: '', pypi: '' };
const tally: { run: number; elsewhere: string[] } = { run: 0, elsewhere: [] };

beforeAll(async () => {
  const pypi = await startPypi(distributions);
  const npm = await startServer(({ path }, response) => {
    const found = documents.get(decodeURIComponent(path.slice(1)));
    reply(response, found ? json(found) : (clientPage(path) ?? json({ error: 'Not found' }, 404)));
  });
  servers.push(pypi, npm);
  Object.assign(urls, { npm: npm.url, pypi: pypi.url });
});

afterAll(async () => {
  for (const scratch of scratches) scratch.dispose();
  for (const server of servers) await server.close();
});

async function repository(files: Readonly<Record<string, string>>): Promise<Scratch> {
  const scratch = await Scratch.with(files);
  scratches.push(scratch);
  scratch.writeHome({ '.npmrc': `registry=${urls.npm}/\n` });
  scratch.env['PIP_INDEX_URL'] = `${urls.pypi}/simple`;
  // A commit asks for its message as a person's editor would.
  scratch.env['GIT_EDITOR'] = 'echo decided >';
  return scratch;
}

/** A command as it is printed, by its words; a person writes the reason in the place of `"…"`. */
function wordsOf(command: string): string[] {
  return [...command.replace('"…"', '"looked at"').matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, word]) => quoted ?? word ?? '',
  );
}

const reportSchema = object({
  findings: array(
    object({
      rule: string(),
      file: string(),
      specifier: nullable(string()),
      package: nullable(string()),
      message: string(),
      next: array(string()),
    }),
  ),
});
type Finding = InferOutput<typeof reportSchema>['findings'][number];

/** What was asked for, and where. */
interface Check {
  readonly scratch: Scratch;
  readonly flags: readonly string[];
  readonly circumstances: Circumstances;
}

async function findingsOf({ scratch, flags, circumstances }: Check): Promise<readonly Finding[]> {
  const { stdout } = await runIn(scratch, [...flags, '--format', 'json'], circumstances);
  return parse(reportSchema, JSON.parse(stdout)).findings;
}

/** What people read below the report; a width that no command is longer than. */
async function nextLines({ scratch, flags, circumstances }: Check): Promise<readonly string[]> {
  const { stdout } = await runIn(scratch, flags, circumstances);
  return [...stdout.matchAll(/^next: (.*)$/gm)].map(([, command]) => command ?? '');
}

/** `pkg:npm/%40acme/ui` as people write it. */
const labelOf = (purl: string | null): string =>
  purl === null ? '' : decodeURIComponent(purl).replace(/^pkg:([^/]+)\//, '$1:');

/** A person who approves one package, leaves all others alone, and writes and stages what is proposed. */
const answersAbout = (label: string): readonly Answer[] => [
  [new RegExp(`What about ${label}\\?`), 'a'],
  [/What about \S+\?/, 's'],
  [/type its name, \S+\./, `${label.replace(/^\w+:/, '')}\r`],
  [/Approve it anyway\?/, 'y'],
  [/Until which day\?/, 'never\r'],
  [/Why is it approved\?/, 'x\r'],
  [/Also check what is pushed\?/, '\r'],
  [/Write these files\?/, '\r'],
  [/Stage \S.*\?/, 'y'],
];

/** For whom a command was printed. */
interface Purpose {
  /** The package about which somebody is to decide. */
  readonly label: string;
  readonly env?: Circumstances['env'] | undefined;
}

/** Runs a command as it is printed. @returns Its exit code, and what it said. */
async function obey(scratch: Scratch, command: string, { label, env = {} }: Purpose) {
  tally.run++;
  const [program = '', ...rest] = wordsOf(command);
  if (program === 'git') {
    const { code, stdout, stderr } = await scratch.tryGit(...rest);
    return { code, said: stdout + stderr };
  }
  expect(program).toBe('vetted-imports');
  const isTyped = /^review\b|^init$|--despite (?:malicious|nonexistent)/.test(rest.join(' '));
  if (isTyped && env['CLAUDECODE'] === undefined) {
    return atTerminal(scratch, rest, label);
  }
  const { code, stdout, stderr } = await runIn(scratch, rest, { env });
  return { code, said: stdout + stderr };
}

async function atTerminal(scratch: Scratch, words: readonly string[], label: string) {
  try {
    const { code, screen } = await runWithAnswers(scratch, words, answersAbout(label));
    return { code, said: screen };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { code: 2, said: `${error.message}\n${error.next}` };
  }
}

/** The line of each package in the whitelist. */
function linesOf(scratch: Scratch): ReadonlyMap<string, string> {
  const text = scratch.has(file) ? scratch.read(file) : '';
  return new Map([...text.matchAll(/^ {2}(\S+): \{ (.*)$/gm)].map(([, key = '', line = '']) => [key, line]));
}

/** What a command wrote: `approved pypi:plain`. */
function written(scratch: Scratch, before: ReadonlyMap<string, string>): readonly string[] {
  const after = linesOf(scratch);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => `${/^\w+/.exec(after.get(key) ?? 'none')?.[0] ?? ''} ${key}`);
}

/** Runs a command, and notes whether it decided about a package that the text does not speak of. */
async function writes(scratch: Scratch, command: string, purpose: Purpose, text: string) {
  const before = linesOf(scratch);
  const { code, said } = await obey(scratch, command, purpose);
  const edits = written(scratch, before);
  // The first write of a project is init's whitelist as well.
  const own = before.size > 0 ? edits : edits.filter((edit) => !edit.startsWith('baseline '));
  const labels = own.map((edit) => edit.replace(/^\w+ /, ''));
  tally.elsewhere.push(
    ...labels.filter((label) => !text.includes(label)).map((label) => `${command} → ${label}`),
  );
  return { code, said, edits };
}

/** An import may be a module of another package, which the finding names. */
const subjectOf = ({ package: purl, message }: Finding): string =>
  / is a module of (\S+:[\w-]+)/.exec(message)?.[1] ?? labelOf(purl);

async function outcomeOf(check: Check, finding: Finding, command: string): Promise<string> {
  const { scratch, flags, circumstances } = check;
  const label = labelOf(finding.package);
  // An alias is approved under the name that programs import.
  const named = `${label.split(':')[0] ?? ''}:${finding.specifier ?? ''}`;
  const purpose = { label: subjectOf(finding), env: circumstances.env };
  const { code, edits } = await writes(scratch, command, purpose, `${label} ${named} ${finding.message}`);
  await scratch.git('add', '--all');
  if (flags.includes('--since')) await scratch.commitAll('decide');
  const remaining = await findingsOf(check);
  const isGone = remaining.every(
    ({ rule, file: where, specifier }) =>
      rule !== finding.rule || where !== finding.file || specifier !== finding.specifier,
  );
  const result = [...edits, ...(code === 2 ? ['exit 2'] : []), isGone ? 'gone' : 'stays'];
  return `${command.replace('vetted-imports ', '')} → ${result.join(', ')}`;
}

/** What becomes of every command that is printed about some files; where none is, what is said instead. */
async function walk(check: Check, files: readonly string[], prepare: () => Promise<void>): Promise<string[]> {
  await prepare();
  const findings = (await findingsOf(check)).filter((finding) => files.includes(finding.file));
  const lines = await nextLines(check);
  const outcomes: string[] = [];
  for (const finding of findings) {
    if (finding.next.length === 0) outcomes.push(finding.message);
    for (const command of finding.next) {
      expect(lines).toContain(command);
      await prepare();
      outcomes.push(await outcomeOf(check, finding, command));
    }
  }
  return outcomes;
}

/** A command and what came of it; or what is said where there is none. */
type Outcome = string | RegExp;

interface Row {
  readonly title: string;
  readonly change: Readonly<Record<string, string>>;
  /** What is in the work tree and not staged. */
  readonly unstaged?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly person: readonly Outcome[];
  readonly assistant: readonly Outcome[];
}

const python = (name: string) => ({ 'app.py': `import ${name}\n` });
const javascript = (name: string) => ({ 'main.js': `import '${name}';\n` });
const requirement = (line: string) => ({ 'requirements.txt': `${base['requirements.txt'] ?? ''}${line}\n` });
const dependency = (name: string, version: string) => ({
  'package.json': `{ "dependencies": { "known": "1", "${name}": "${version}" } }\n`,
});
const offline = ['--staged', '--offline'];
const all = ['--all'];
const since = ['--since', 'start'];
const byBase = [...since, '--policy-from', 'base'];
const assistant = { CLAUDECODE: '1' };

const reviewed = (label: string) => [`review → approved ${label}, gone`];
const reviewedAll = (label: string) => [`review --all → approved ${label}, gone`];
const requested = (label: string) => [`request ${label} --reason "…" → requested ${label}, stays`];
const decided = (label: string) => ({ person: reviewed(label), assistant: requested(label) });
const decidedAll = (label: string) => ({ person: reviewedAll(label), assistant: requested(label) });
const explained = (name: string) => ({
  person: [`explain ${name} → stays`],
  assistant: [`explain ${name} → stays`],
});
const silent = (...messages: readonly string[]) => ({ person: messages, assistant: messages });
const fromSource = (label: string, source: string) => ({
  person: [`approve ${label} --source "${source}" --reason "…" → approved ${label}, gone`],
  assistant: ['explain foreign-source → stays'],
});

const renewal = /A person approves it again, or denies it$/;
/** There is an entry already: nothing is written, and that is said. */
const settled = (label: string) => [`request ${label} --reason "…" → stays`];
const staged = {
  person: ['git add approved-packages.yaml → gone'],
  assistant: ['git add approved-packages.yaml → gone'],
};
/** The request is committed by itself, and a person decides: until then what uses the package stays stopped. */
const commitRequest = 'git commit approved-packages.yaml → stays';
const waiting = /an approval has been requested\)\. A person decides about it\./;
const first = /but the base’s policy judges\. Merge the approval first/;
const told = /^approved \w+:plain, by Ada/;
const page = 'explain policy-change → stays';

const nobody = { PIP_INDEX_URL: 'http://127.0.0.1:9/simple', NPM_CONFIG_REGISTRY: 'http://127.0.0.1:9/' };
const requestedToo = (label: string) => ({
  [file]: whitelistText({ ...decisions, [label]: { requested: 'x', ...byAda } }),
});
const sourceToo = (source: string) => ({
  [file]: whitelistText({ ...decisions, 'npm:plain': { approved: 'x', source, ...byAda } }),
});
const approvedToo = (label: string) => ({
  [file]: whitelistText({ ...decisions, [label]: { approved: 'x' } }),
});

const rows: readonly Row[] = [
  { title: 'malicious', change: python('locked'), ...decided('pypi:locked') },
  { title: 'nonexistent', change: python('ghost'), ...decided('pypi:ghost') },
  { title: 'nonexistent', change: javascript('ghost'), ...decided('npm:ghost') },
  { title: 'withdrawn', change: javascript('gone'), ...decided('npm:gone') },
  { title: 'withdrawn, held by npm', change: javascript('held'), ...decided('npm:held') },
  {
    title: 'unproven',
    change: python('async_redisgraph'),
    // Said before the approval: with it the import stays stopped.
    person: ['review → approved pypi:async-redisgraph, stays'],
    assistant: requested('pypi:async-redisgraph'),
  },
  {
    title: 'unrecorded, decided',
    change: python('qcore'),
    person: ['approve --record-imports pypi:quarry-core → baseline pypi:quarry-core, gone'],
    assistant: [/A person adds its modules there\.$/],
  },
  {
    title: 'unrecorded, declared',
    change: python('qkit'),
    person: ['approve pypi:quarry-kit --reason "…" → approved pypi:quarry-kit, gone'],
    assistant: [/A person adds its modules there\.$/],
  },
  {
    title: 'unrecorded, proposed',
    change: { ...python('qnew'), ...requirement('quarry-new') },
    person: [...reviewed('pypi:quarry-new'), ...reviewed('pypi:quarry-new')],
    assistant: [...requested('pypi:quarry-new'), ...requested('pypi:quarry-new')],
  },
  { title: 'lookalike', change: python('requestss'), ...decided('pypi:requestss') },
  { title: 'lookalike', change: javascript('expresss'), ...decided('npm:expresss') },
  { title: 'young', change: python('fresh'), ...decided('pypi:fresh') },
  { title: 'young', change: javascript('fresh'), ...decided('npm:fresh') },
  { title: 'exists', change: python('plain'), ...decided('pypi:plain') },
  { title: 'exists', change: javascript('plain'), ...decided('npm:plain') },
  { title: 'exists, in the work tree', change: javascript('plain'), flags: [], ...decided('npm:plain') },
  { title: 'a dependency line', change: requirement('plain==1'), ...decided('pypi:plain') },
  { title: 'a dependency line', change: dependency('plain', '1'), ...decided('npm:plain') },
  { title: 'committed', change: python('plain'), flags: since, ...decidedAll('pypi:plain') },
  { title: 'committed', change: javascript('plain'), flags: since, ...decidedAll('npm:plain') },
  { title: 'unanswered', change: python('plain'), env: nobody, ...decided('pypi:plain') },
  { title: 'unanswered', change: javascript('plain'), env: nobody, ...decided('npm:plain') },
  { title: 'not-asked', change: python('plain'), flags: offline, ...decided('pypi:plain') },
  { title: 'not-asked', change: javascript('plain'), flags: offline, ...decided('npm:plain') },
  { title: 'another name of the module', change: python('pillow'), ...explained('pypi:PIL') },
  {
    title: 'a name that no package can have',
    change: python('_ghost'),
    ...explained('unapproved-package'),
  },
  {
    title: 'a name that no package can have, outside ASCII',
    change: python('plаin'),
    ...explained('unapproved-package'),
  },
  {
    title: 'a name that no package can have, in use',
    change: { 'fast.py': 'import _fast\n' },
    flags: all,
    ...explained('unapproved-package'),
  },
  { title: 'in use', change: python('used'), ...decided('pypi:used') },
  { title: 'in use', change: javascript('used'), ...decided('npm:used') },
  {
    title: 'in use, committed',
    change: { 'old.py': 'import used\n' },
    flags: all,
    ...decidedAll('pypi:used'),
  },
  {
    title: 'in use, committed',
    change: { 'old.js': "import 'used';\n" },
    flags: all,
    ...decidedAll('npm:used'),
  },
  {
    title: 'in use, named',
    change: { 'old.py': 'import used\n' },
    flags: ['old.py'],
    ...decidedAll('pypi:used'),
  },
  { title: 'declared', change: python('left'), ...decided('pypi:left') },
  { title: 'declared', change: javascript('known'), ...decided('npm:known') },
  { title: 'declared, all', change: python('left'), flags: all, ...decidedAll('pypi:left') },
  { title: 'declared, all', change: javascript('known'), flags: all, ...decidedAll('npm:known') },
  { title: 'denied', change: python('forbidden'), ...explained('pypi:forbidden') },
  { title: 'denied', change: javascript('forbidden'), ...explained('npm:forbidden') },
  { title: 'denied, with another in its place', change: python('pycurl'), ...explained('pypi:pycurl') },
  { title: 'denied, with another in its place', change: javascript('request'), ...explained('npm:request') },
  { title: 'expired', change: python('ended'), person: reviewed('pypi:ended'), assistant: [renewal] },
  { title: 'expired', change: javascript('ended'), person: reviewed('npm:ended'), assistant: [renewal] },
  {
    title: 'expired, committed',
    change: { 'late.py': 'import ended\n' },
    flags: all,
    person: reviewedAll('pypi:ended'),
    assistant: [renewal],
  },
  {
    title: 'requested',
    change: python('asked'),
    person: reviewed('pypi:asked'),
    assistant: [waiting],
  },
  {
    title: 'requested',
    change: javascript('asked'),
    person: reviewed('npm:asked'),
    assistant: [waiting],
  },
  {
    title: 'requested in this change',
    change: { ...python('plain'), ...requestedToo('pypi:plain') },
    person: [commitRequest, ...reviewed('pypi:plain')],
    assistant: [commitRequest],
  },
  {
    title: 'requested in this change, in the work tree',
    change: { ...javascript('plain'), ...requestedToo('npm:plain') },
    flags: [],
    person: [commitRequest, ...reviewed('npm:plain')],
    assistant: [commitRequest],
  },
  {
    title: 'requested in this change, committed',
    change: { ...python('plain'), ...requestedToo('pypi:plain') },
    flags: since,
    person: reviewedAll('pypi:plain'),
    assistant: [waiting],
  },
  {
    title: 'requested and not staged',
    change: javascript('plain'),
    unstaged: requestedToo('npm:plain'),
    person: [commitRequest],
    assistant: [commitRequest],
  },
  {
    title: 'approved offline',
    change: python('unseen'),
    flags: all,
    person: reviewedAll('pypi:unseen'),
    assistant: settled('pypi:unseen'),
  },
  {
    title: 'approved offline',
    change: javascript('unseen'),
    flags: since,
    person: reviewedAll('npm:unseen'),
    assistant: settled('npm:unseen'),
  },
  {
    title: 'approved and not staged',
    change: python('plain'),
    unstaged: approvedToo('pypi:plain'),
    ...staged,
  },
  {
    title: 'approved and not staged',
    change: javascript('plain'),
    unstaged: approvedToo('npm:plain'),
    ...staged,
  },
  {
    title: 'approved where the base judges',
    change: { ...python('plain'), ...approvedToo('pypi:plain') },
    flags: byBase,
    person: [first, told],
    assistant: [first, page],
  },
  {
    title: 'approved where the base judges',
    change: { ...javascript('plain'), ...approvedToo('npm:plain') },
    flags: byBase,
    person: [told, first],
    assistant: [page, first],
  },
  {
    title: 'not decided where the base judges',
    change: python('plain'),
    flags: byBase,
    // The approval is to be merged first, as the finding says then.
    person: ['review --all → approved pypi:plain, stays'],
    assistant: requested('pypi:plain'),
  },
  {
    title: 'from git',
    change: requirement('plain @ git+https://example.org/plain'),
    ...fromSource('pypi:plain', 'git+https://example.org/plain'),
  },
  {
    title: 'from git',
    change: dependency('plain', 'git+https://example.org/plain.git'),
    ...fromSource('npm:plain', 'git+https://example.org/plain.git'),
  },
  {
    title: 'from git, approved and not staged',
    change: dependency('plain', 'git+https://example.org/plain.git'),
    unstaged: sourceToo('git+https://example.org/plain.git'),
    ...staged,
  },
  {
    title: 'from git, approved from elsewhere and not staged',
    change: dependency('plain', 'git+https://example.org/plain.git'),
    unstaged: sourceToo('git+https://example.org/another.git'),
    ...fromSource('npm:plain', 'git+https://example.org/plain.git'),
  },
  {
    title: 'from a URL',
    change: requirement('plain @ https://example.org/plain-1.0.tar.gz'),
    ...fromSource('pypi:plain', 'https://example.org/plain-1.0.tar.gz'),
  },
  {
    title: 'from a URL',
    change: dependency('plain', 'https://example.org/plain-1.0.tgz'),
    ...fromSource('npm:plain', 'https://example.org/plain-1.0.tgz'),
  },
  {
    title: 'from a path',
    change: dependency('plain', 'file:../plain'),
    ...fromSource('npm:plain', '../plain'),
  },
  {
    title: 'from a path without a name',
    change: requirement('./vendor/plain'),
    ...explained('foreign-source'),
  },
  {
    title: 'from an alias',
    change: dependency('plain', 'npm:evil@1'),
    person: [
      ...reviewed('npm:evil'),
      'approve npm:plain --source "npm:evil" --reason "…" → approved npm:plain, gone',
    ],
    assistant: [...requested('npm:evil'), 'explain foreign-source → stays'],
  },
  {
    title: 'a registry line',
    change: requirement('--index-url https://evil.example/simple'),
    ...explained('foreign-source'),
  },
  {
    title: 'a registry line',
    change: { '.npmrc': 'registry=https://evil.example/\n' },
    ...explained('foreign-source'),
  },
  {
    title: 'unclear',
    change: { 'app.py': '__import__(name)\n' },
    ...silent('cannot determine what name imports: its name is not a literal'),
  },
  {
    title: 'unclear',
    change: { 'main.js': 'import(name);\n' },
    ...silent('cannot determine what name imports: its name is not a literal'),
  },
  {
    title: 'a loosened policy',
    change: approvedToo('pypi:plain'),
    person: [told],
    assistant: ['git commit approved-packages.yaml → gone'],
  },
  {
    title: 'a loosened policy, committed',
    change: approvedToo('pypi:plain'),
    flags: since,
    person: [told],
    assistant: [page],
  },
];

describe('what a finding prints', () => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await repository(base);
    await scratch.git('tag', 'start');
  });

  async function prepare({ change, unstaged = {}, flags = [] }: Row): Promise<void> {
    await scratch.git('reset', '--quiet', '--hard', 'start');
    scratch.write(change);
    await scratch.git('add', '--all');
    if (flags.includes('--since')) await scratch.commitAll('change');
    scratch.write(unstaged);
  }

  const cases = rows.flatMap((row): [string, Row, Circumstances['env'], readonly Outcome[]][] => [
    [`${row.title}, ${Object.keys(row.change).join(' and ')}`, row, {}, row.person],
    [`${row.title}, ${Object.keys(row.change).join(' and ')}, an assistant`, row, assistant, row.assistant],
  ]);
  test.each(cases)('%s', async (_title, row, who, outcomes) => {
    const { flags = ['--staged'], env } = row;
    const check = { scratch, flags, circumstances: { env: { ...env, ...who } } };
    const found = await walk(check, Object.keys(row.change), () => prepare(row));
    expect(found).toEqual(
      outcomes.map((outcome): unknown =>
        typeof outcome === 'string' ? outcome : expect.stringMatching(outcome),
      ),
    );
  });
});

/** What a refusal, an answer or a page tells people to run, with who is told so. */
function advised(text: string, called: string): readonly (readonly [who: string, command: string])[] {
  const whole = [...text.matchAll(/^(?:Did you mean .*\? )?(.*?): (vetted-imports .*)$/gm)];
  const despite = /run approve with((?: --despite \w+)+)\./.exec(text)?.[1];
  const words = /Write ((?: ?--despite \w+)+)\./.exec(text)?.[1];
  const staging = [...text.matchAll(/`(git add [^`]*)`/g)];
  return [
    ...whole.map(([, who = '', command = '']) => [who, command] as const),
    ...(despite === undefined ? [] : [['with', `${called}${despite}`] as const]),
    ...(words === undefined ? [] : [['write', called.replace('--despite', words)] as const]),
    ...staging.map(([, command = '']) => ['stage', command] as const),
  ];
}

describe('without a whitelist', () => {
  const bare = { 'app.py': '', 'main.js': '', 'package.json': '{}\n', 'requirements.txt': 'quarry-kit\n' };
  // Its modules can be recorded only where there is an entry: init makes the first ones.
  const recorded =
    '“qkit” is a module of pypi:quarry-kit, which requirements.txt:1 declares; the whitelist does not say so yet. A person adds its modules there.';
  // Without a terminal init asks for --yes, and says so.
  const unasked = 'init → exit 2, stays';
  const first = 'init → baseline pypi:quarry-kit, gone';

  test.each<[string, Readonly<Record<string, string>>, person: string, assistant: string]>([
    ['exists', python('plain'), 'review → approved pypi:plain, baseline pypi:quarry-kit, gone', unasked],
    ['exists', javascript('plain'), 'review → approved npm:plain, baseline pypi:quarry-kit, gone', unasked],
    ['nonexistent', python('ghost'), 'review → approved pypi:ghost, baseline pypi:quarry-kit, gone', unasked],
    ['unrecorded', python('qkit'), first, recorded],
  ])('%s %j', async (_title, change, person, byAssistant) => {
    for (const [env, outcome] of [
      [{}, person],
      [assistant, byAssistant],
    ] as const) {
      const scratch = await repository(bare);
      const check = { scratch, flags: ['--staged'], circumstances: { env } };
      const prepare = async () => {
        scratch.write(change);
        await scratch.git('add', '--all');
      };
      expect([env, await walk(check, Object.keys(change), prepare)]).toEqual([env, [outcome]]);
    }
  });
});

test('a branch that is behind merges what has approved the package since', async () => {
  const scratch = await repository(base);
  await scratch.git('checkout', '--quiet', '-b', 'topic');
  scratch.write(python('plain'));
  await scratch.commitAll('use');
  await scratch.git('checkout', '--quiet', 'main');
  scratch.write(approvedToo('pypi:plain'));
  await scratch.commitAll('approve');
  await scratch.git('checkout', '--quiet', 'topic');
  const check = { scratch, flags: ['--since', 'main'], circumstances: {} };
  expect(await walk(check, ['app.py'], () => Promise.resolve())).toEqual([
    'git merge main → approved pypi:plain, gone',
  ]);
});

describe('what a refusal prints', () => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await repository(base);
  });

  /** Follows what is printed until something is written. */
  async function follow(command: string, label: string, env: Circumstances['env']): Promise<string[]> {
    const { said, edits } = await writes(scratch, command, { label, env }, label);
    const shown = command.replace('vetted-imports ', '');
    if (edits.length > 0) {
      await scratch.git('checkout', '--quiet', 'HEAD', '--', '.');
      return [`${shown} → ${edits.join(', ')}`];
    }
    const outcomes: string[] = [];
    for (const [who, next] of advised(said, command)) {
      const asks = who === 'Ask for it';
      if (who.startsWith('Then'))
        for (const [, earlier] of advised(said, command).slice(0, 1))
          await writes(scratch, earlier, { label, env }, label);
      const found = await follow(next, label, asks ? env : {});
      outcomes.push(...found.map((outcome) => `${who}: ${outcome}`));
    }
    return outcomes.length > 0 ? outcomes : [`${shown} → ${said}`];
  }

  const grave = (label: string, grade: string) => [
    `with: approve ${label} --reason "…" --despite ${grade} → approved ${label}`,
  ];
  const alone = (label: string, grade: string) => [
    `Approve it in a command of its own: approve ${label} --despite ${grade} --reason "…" → approved ${label}`,
  ];
  const byPerson = (label: string, verb: string, kind: string) => [
    `Ask for it: request ${label} --reason "…" → requested ${label}`,
    `A person runs: ${verb} → ${kind} ${label}`,
  ];

  test.each<[command: string, label: string, outcomes: readonly Outcome[]]>([
    ['approve pypi:fresh --reason "…"', 'pypi:fresh', grave('pypi:fresh', 'young')],
    ['approve npm:fresh --reason "…"', 'npm:fresh', grave('npm:fresh', 'young')],
    ['approve pypi:requestss --reason "…"', 'pypi:requestss', grave('pypi:requestss', 'lookalike')],
    ['approve npm:gone --reason "…"', 'npm:gone', grave('npm:gone', 'withdrawn')],
    ['approve pypi:ghost --reason "…"', 'pypi:ghost', grave('pypi:ghost', 'nonexistent')],
    ['approve npm:ghost --reason "…"', 'npm:ghost', grave('npm:ghost', 'nonexistent')],
    ['approve pypi:locked --reason "…"', 'pypi:locked', grave('pypi:locked', 'malicious')],
    ['approve npm:ghost npm:plain --reason "…"', 'npm:ghost', alone('npm:ghost', 'nonexistent')],
    ['approve pypi:fresh pypi:plain --reason "…"', 'pypi:fresh', alone('pypi:fresh', 'young')],
    [
      'approve pypi:fresh --despite --reason "…"',
      'pypi:fresh',
      ['write: approve pypi:fresh --despite young --reason "…" → approved pypi:fresh'],
    ],
    [
      'approve --record-imports pypi:plain',
      'pypi:plain',
      ['Decide first: approve pypi:plain --reason "…" → approved pypi:plain'],
    ],
  ])('%s', async (command, label, outcomes) => {
    expect(await follow(`vetted-imports ${command}`, label, {})).toEqual(outcomes);
  });

  const afterRequest = (label: string) => [
    `Ask for it: request ${label} --reason "…" → requested ${label}`,
    `Then a person runs: review → approved ${label}`,
  ];

  test.each<[command: string, label: string, outcomes: readonly string[]]>([
    ['approve pypi:plain --reason "…"', 'pypi:plain', afterRequest('pypi:plain')],
    ['approve npm:plain --reason "…"', 'npm:plain', afterRequest('npm:plain')],
    ['approve npm:ghost --reason "…"', 'npm:ghost', afterRequest('npm:ghost')],
    ['approve npm:ghost --despite nonexistent --reason "…"', 'npm:ghost', afterRequest('npm:ghost')],
    [
      'approve npm:plain --source npm:evil --reason "…"',
      'npm:plain',
      byPerson('npm:plain', 'approve npm:plain --source "npm:evil" --reason "…"', 'approved'),
    ],
    [
      'deny pypi:plain --reason "…"',
      'pypi:plain',
      byPerson('pypi:plain', 'deny pypi:plain --reason "…"', 'denied'),
    ],
    [
      'deny npm:plain --use npm:undici --reason "…"',
      'npm:plain',
      byPerson('npm:plain', 'deny npm:plain --use "npm:undici" --reason "…"', 'denied'),
    ],
    ['approve pypi:fresh --despite young --reason "…"', 'pypi:fresh', afterRequest('pypi:fresh')],
    [
      'approve --record-imports pypi:quarry-core',
      'pypi:quarry-core',
      ['A person runs: approve --record-imports pypi:quarry-core → baseline pypi:quarry-core'],
    ],
  ])('%s, an assistant', async (command, label, outcomes) => {
    expect(await follow(`vetted-imports ${command}`, label, assistant)).toEqual(outcomes);
  });

  describe('review without a terminal names what waits', () => {
    afterAll(async () => {
      await scratch.git('checkout', '--quiet', 'HEAD', '--', '.');
    });

    async function decided(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
      scratch.write({ 'app.py': 'import plain\n' });
      const { code, stdout, stderr } = await runIn(scratch, ['review'], { env });
      expect([code, stdout]).toEqual([2, '']);
      const outcomes: string[] = [];
      for (const [who, command] of advised(stderr, '')) {
        scratch.write({ 'app.py': 'import plain\n' });
        const label = /\S+:\S+/.exec(command)?.[0] ?? 'pypi:plain';
        outcomes.push(
          ...(await follow(command, label, who.includes('erson') ? {} : env)).map((to) => `${who}: ${to}`),
        );
      }
      return outcomes;
    }

    test('for people', async () => {
      expect(await decided({})).toEqual([
        'Decide at a terminal: review → approved pypi:plain',
        'Or by name: approve pypi:plain --reason "…" → approved pypi:plain',
        'Or by name: approve npm:asked --reason "…" → approved npm:asked',
        'Or by name: approve npm:unseen --reason "…" → approved npm:unseen',
      ]);
    });

    test('for assistants', async () => {
      expect(await decided(assistant)).toEqual([
        'Ask for it: request pypi:plain --reason "…" → requested pypi:plain',
        'A person runs: review → approved pypi:plain',
      ]);
    });
  });

  test('review --expiring says how a person renews', async () => {
    const command = 'vetted-imports review --expiring';
    const { stdout, stderr } = await runIn(scratch, wordsOf(command).slice(1));
    expect(stdout).toContain('pypi:ended: its approval ended on 2026-11-01');
    const commands = advised(stderr, command).map(([, next]) => next);
    expect(commands).toEqual([command]);
    for (const next of commands)
      expect(await follow(next, 'pypi:ended', {})).toEqual(['review --expiring → approved pypi:ended']);
  });

  test('approve --all-requested leaves a request to a card', async () => {
    const command = 'vetted-imports request pypi:fresh --reason "…"';
    await writes(scratch, command, { label: 'pypi:fresh' }, 'pypi:fresh');
    const wholesale = 'vetted-imports approve --all-requested --yes --reason "…"';
    const { said, edits } = await writes(scratch, wholesale, { label: '' }, 'npm:asked pypi:asked');
    expect(edits).toEqual(['approved npm:asked', 'approved pypi:asked']);
    const commands = advised(said, wholesale).map(([, next]) => next);
    expect(commands).toEqual(['vetted-imports review']);
    for (const next of commands)
      expect(await follow(next, 'pypi:fresh', {})).toEqual(['review → approved pypi:fresh']);
  });

  test.each([
    ['review', 'npm:asked', 'review → approved npm:asked'],
    ['review --all', 'npm:used', 'review --all → approved npm:used'],
    ['review --expiring', 'npm:ended', 'review --expiring → approved npm:ended'],
  ])('%s, an assistant', async (command, label, outcome) => {
    scratch.env['CLAUDECODE'] = '1';
    const { code, said } = await atTerminal(scratch, command.split(' '), label);
    delete scratch.env['CLAUDECODE'];
    expect(code).toBe(2);
    const [person = ''] = advised(said, '').flatMap(([who, next]) => (who === 'A person runs' ? [next] : []));
    expect(await follow(person, label, {})).toEqual([outcome]);
  });
});

describe('what `explain` prints', () => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await repository(base);
  });

  const approve = (label: string, despite: string) =>
    `approve ${label}${despite} --reason "…" → approved ${label}`;
  const request = (label: string) => `request ${label} --reason "…" → requested ${label}`;
  const deny = (label: string) => `deny ${label} --reason "…" → denied ${label}`;
  const open = (label: string, despite = '') => [approve(label, despite), request(label), deny(label)];

  test.each<[name: string, outcomes: readonly string[]]>([
    ['pypi:locked', open('pypi:locked', ' --despite malicious')],
    ['pypi:ghost', open('pypi:ghost', ' --despite nonexistent')],
    ['npm:gone', open('npm:gone', ' --despite withdrawn')],
    ['pypi:requestss', open('pypi:requestss', ' --despite lookalike')],
    ['npm:fresh', open('npm:fresh', ' --despite young')],
    ['pypi:plain', open('pypi:plain')],
    ['npm:plain', open('npm:plain')],
    ['pypi:qcore', ['approve --record-imports pypi:quarry-core → baseline pypi:quarry-core']],
    ['pypi:qkit', [approve('pypi:quarry-kit', '')]],
    ['pypi:pillow', ['explain pypi:PIL → ']],
    ['pypi:PIL', [deny('pypi:pillow')]],
    ['pypi:used', open('pypi:used')],
    ['npm:used', open('npm:used')],
    ['pypi:left', [approve('pypi:left', ''), deny('pypi:left')]],
    ['npm:known', [approve('npm:known', ''), deny('npm:known')]],
    ['pypi:ended', [approve('pypi:ended', '')]],
    ['npm:ended', [approve('npm:ended', '')]],
    ['npm:asked', [approve('npm:asked', ''), deny('npm:asked')]],
    ['pypi:unseen', [deny('pypi:unseen')]],
    ['pypi:quarry-core', [approve('pypi:quarry-core', ''), deny('pypi:quarry-core')]],
  ])('%s', async (name, expected) => {
    const { stdout } = await runIn(scratch, ['explain', name]);
    const [, list = ''] = stdout.split('What would change it\n');
    const commands = list.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
    const outcomes: string[] = [];
    for (const command of commands) {
      const { edits } = await writes(scratch, command, { label: / → (\S+)/.exec(stdout)?.[1] ?? '' }, stdout);
      outcomes.push(`${command.replace('vetted-imports ', '')} → ${edits.join(', ')}`);
      await scratch.git('checkout', '--quiet', 'HEAD', '--', '.');
    }
    expect(outcomes).toEqual(expected);
  });
});

/* A command that nobody prints any more is missed here. */
test('all of it was run, and nothing led to another package', () => {
  expect(tally).toEqual({ run: 250, elsewhere: [] });
});
