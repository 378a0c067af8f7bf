import { afterEach, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* Notebooks whose kernels run Go and Rust, as a commit adds them. Of another kernel nothing is read. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const gophernotes = { kernelspec: { name: 'gophernotes', language: 'go' }, language_info: { name: 'go' } };
const gonb = { kernelspec: { name: 'gonb', language: 'go' }, language_info: { name: 'go' } };
const evcxr = { kernelspec: { name: 'rust', language: 'rust' }, language_info: { name: 'Rust' } };
const unknown = { kernelspec: { name: 'gopherscript', language: 'gopherscript' } };

const book = (metadata: object, cells: readonly string[]) =>
  JSON.stringify({
    cells: cells.map((source) => ({ cell_type: 'code', metadata: {}, outputs: [], source: [source] })),
    metadata,
    nbformat: 4,
    nbformat_minor: 5,
  });

async function added(metadata: object, cells: readonly string[]) {
  const scratch = await Scratch.with({
    '.check-importsrc': 'lookup: off\n',
    'approved-packages.yaml': whitelistText({
      'golang:github.com/acme/known': { approved: 'plots', ...byAda },
      'cargo:rand': { approved: 'dice', ...byAda },
    }),
  });
  open.push(scratch);
  scratch.write({ 'a.ipynb': book(metadata, cells) });
  await scratch.git('add', '--all');
  const { code, stdout } = await runIn(scratch, ['--staged', '--format', 'concise']);
  return [code, ...findingsIn(stdout)];
}

test.each([
  [
    'an import among statements',
    gophernotes,
    ['import "fmt"', 'x := 1\nimport "github.com/acme/evil"\nx'],
    ['a.ipynb#cell2:2:9 unapproved-package golang:github.com/acme/evil'],
  ],
  [
    'a command of a cell',
    gonb,
    ['%%\nfmt.Println(1)', '!*go get github.com/acme/evil@latest'],
    ['a.ipynb#cell2:1:10 unapproved-package golang:github.com/acme/evil'],
  ],
  [
    'a line that brings a crate',
    evcxr,
    ['let x = 1;', ':dep evil = "1"\nuse evil::Evil;'],
    ['a.ipynb#cell2:1:6 unapproved-package cargo:evil'],
  ],
  [
    'a crate that a cell links',
    evcxr,
    ['extern crate evil;'],
    ['a.ipynb#cell1:1:14 unapproved-package cargo:evil'],
  ],
])('%s is judged', async (_, metadata, cells, expected) => {
  expect(await added(metadata, cells)).toEqual([1, ...expected]);
});

test.each([
  [
    'approved modules and what comes with Go',
    gophernotes,
    ['import (\n"fmt"\n"github.com/acme/known/plot"\n)', 'fmt.Println(plot.New())', ':help'],
  ],
  ['lines for the kernel', gonb, ['%goflags -race\n!ls -l\n!*go get github.com/acme/known', '%%\nx := 1']],
  ['a draft', gophernotes, ['text := `import "github.com/acme/evil"', 'for {']],
  ['approved crates', evcxr, [':dep rand = "0.9"\nuse rand::Rng;', ':help\nlet x: u8 = rand::random();\nx']],
  ['modules of earlier cells', evcxr, ['mod tools { pub fn make() {} }', 'use tools::make;\ntools::make()']],
  ['another kernel', unknown, ['import "github.com/acme/evil"', ':dep evil = "1"']],
])('%s: nothing is said', async (_, metadata, cells) => {
  expect(await added(metadata, cells)).toEqual([0]);
});
