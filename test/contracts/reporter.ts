import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { empty, golden } from '../../fixtures/reports/golden.ts';
import { outputOn } from '../../src/cli/output.ts';
import { program } from '../../src/cli/program.ts';
import type { Reporter } from '../../src/reporters/reporter.ts';
import { now } from '../kit/world.ts';
import { filesIn, textOf } from './repository.ts';
import { unmet, type Requirement } from './requirement.ts';

const folder = 'fixtures/reports/expected';
const setting = { color: false, version: '1.2.3', width: 80, verbose: false };

/**
 * @param id The word of `--format` that the list of `src/reporters/index.ts` gives it.
 * @returns What a reporter lacks, a sentence each, which says where to write it.
 */
export async function problemsOf(id: string, load: () => Promise<Reporter>): Promise<readonly string[]> {
  const reporter = await load();
  return unmet([
    [/^[a-z]+$/.test(id), `its id ${JSON.stringify(id)} is no word in lower case letters`],
    [reporter.id === id, `src/reporters/index.ts calls it ${id}, and it calls itself ${reporter.id}`],
    ...expectedFile(id, reporter),
    ...ends(reporter),
    ...(await documentation(id)),
  ]);
}

/** What the golden report looks like, for people to read. */
function expectedFile(id: string, reporter: Reporter): readonly Requirement[] {
  const files = filesIn(folder).filter((name) => path.parse(name).name === id);
  const [file] = files;
  return [
    [
      files.length === 1,
      `there is not one file ${folder}/${id}.…: run UPDATE_EXPECTED=1 npx --no -- vitest run test/reporters/golden.test.ts and read what it writes`,
    ],
    [
      file === undefined || textOf(`${folder}/${file}`) === reporter.render(golden, setting),
      `${folder}/${file ?? ''} is not how it renders the golden report`,
    ],
  ];
}

function ends(reporter: Reporter): readonly Requirement[] {
  const [full, short] = [reporter.render(golden, setting), reporter.render(empty, setting)];
  return [
    [full.endsWith('\n'), 'it says nothing of the golden report, or its text does not end with a line end'],
    [short === '' || short.endsWith('\n'), 'its text of an empty report does not end with a line end'],
  ];
}

/** Who looks for it finds it in the help, and with an example in a page. */
async function documentation(id: string): Promise<readonly Requirement[]> {
  const [, choices = ''] =
    /--format <format\[=file\]>[^(]+\(choices: ([^)]+)\)/.exec(await helpOfCheck()) ?? [];
  const offered = [...choices.matchAll(/"(\w+)"/g)].map(([, word]) => word);
  const pages = ['README.md', ...filesIn('docs').map((name) => `docs/${name}`)];
  const example = new RegExp(`--format",? "?${id}\\b|--format "?${id}\\b|\`${id}\` format`);
  return [
    [offered.includes(id), 'the help of check does not name it: write it into src/cli/report-commands.ts'],
    [
      pages.some((page) => example.test(textOf(page) ?? '')),
      `neither README.md nor docs shows “--format ${id}”: say there what it is for`,
    ],
  ];
}

/** @returns What `check --help` prints, on lines as long as it takes. */
async function helpOfCheck(): Promise<string> {
  const texts: string[] = [];
  const output = outputOn(
    new Writable({
      write(chunk: Buffer, _, done) {
        texts.push(chunk.toString('utf8'));
        done();
      },
    }),
  );
  await program(['check', '--help'], {
    cwd: '.',
    env: {},
    stdin: Readable.from([]),
    stdout: output,
    stderr: output,
    now,
  });
  return texts.join('');
}
