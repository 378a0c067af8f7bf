import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../kit/scratch.ts';

/* Links from page to page lead to a file of this repository and, where they name a heading, to one that is there. */

const pages = execFileSync('git', ['ls-files', '-z', '--', '*.md'], { cwd: projectRoot, encoding: 'utf8' })
  .split('\0')
  .filter((page) => page !== '' && !page.startsWith('fixtures/'));

const textOf = (page: string) => readFileSync(path.join(projectRoot, page), 'utf8');
const withoutBlocks = (text: string) => text.replaceAll(/^```[^]*?^```$/gm, '');

/** The anchor that GitHub gives to a heading. */
function anchorOf(heading: string): string {
  const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
  return words.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
}

function anchorsOf(page: string): ReadonlySet<string> {
  const headings = withoutBlocks(textOf(page)).matchAll(/^#{1,6} (.+)$/gm);
  return new Set([...headings].map(([, heading = '']) => anchorOf(heading.trim())));
}

/** A link to a page on GitHub is one to a file of the repository too. */
const ownAddress = 'https://github.com/vetted-imports/vetted-imports/blob/main/';

function isBroken(page: string, link: string): boolean {
  const [target = '', anchor] = link.split('#');
  const file = target.startsWith(ownAddress)
    ? target.slice(ownAddress.length)
    : path.posix.join(path.posix.dirname(page), target === '' ? path.posix.basename(page) : target);
  if (!existsSync(path.join(projectRoot, file))) return true;
  return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).has(anchor);
}

test.each(pages)('%s', (page) => {
  const links = [...withoutBlocks(textOf(page)).matchAll(/\]\(<?([^)\s>]+)>?\)/g)].map(
    ([, link = '']) => link,
  );
  const own = links.filter((link) => link.startsWith(ownAddress) || !/^[a-z]+:/.test(link));
  expect(own.filter((link) => isBroken(page, link))).toEqual([]);
});

test.each([
  ['docs/config.md#ignoring-one-line', false],
  ['docs/config.md#ignoring-two-lines', true],
  ['docs/absent.md', true],
  ['#start', false],
  ['#end', true],
  [`${ownAddress}docs/hooks.md#lint-staged`, false],
  [`${ownAddress}docs/hooks.md#lint`, true],
])('from README.md, %s is broken: %s', (link, expected) => {
  expect(isBroken('README.md', link)).toBe(expected);
});
