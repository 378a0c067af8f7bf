import { readJson } from '../../../documents/jsonc.ts';
import type { Origin } from '../../../model/reference.ts';
import { folderOf, isWithin } from '../../../text/paths.ts';
import { leadOf } from './deno.ts';
import type { Folders } from './folders.ts';
import { applyMapping } from './follow.ts';
import type { Question } from './question.ts';
import type { Reader } from './reader.ts';

/** Programs that give `require` to the scripts of a page (https://www.electronjs.org, https://nwjs.io). */
const PROGRAMS_WITH_PAGES = ['electron', 'electron-nightly', 'nw'];

/** So many pages above a file are looked at, the nearest ones. */
const MOST_PAGES = 20;

/** What pages say of the modules that they load. Asked last: it needs the list of all files. */
export class Pages {
  readonly #reader: Reader;
  readonly #folders: Folders;
  #pages: Promise<readonly string[]> | undefined;

  constructor(reader: Reader, folders: Folders) {
    this.#reader = reader;
    this.#folders = folders;
  }

  /**
   * No browser has `require`: what calls it in a script of a page is a wrapper for other loaders, or a loader of its own
   * (https://github.com/umdjs/umd).
   */
  async isWithoutRequire({ file, kind }: Question): Promise<boolean> {
    if (kind !== 'require' || !isPage(file)) return false;
    const manifests = await this.#folders.packages(file);
    return !manifests.some(({ dependencies }) => PROGRAMS_WITH_PAGES.some((name) => dependencies.has(name)));
  }

  /**
   * Import maps hold for the modules that their page loads, which are taken to lie beside it or below
   * (https://html.spec.whatwg.org/multipage/webappapis.html#import-maps).
   *
   * @returns The file of the project that such a map names; undefined where none does.
   */
  async mapped(question: Question): Promise<Origin | undefined> {
    if (!mayBeInPage(question)) return undefined;
    for (const page of await this.#pagesAbove(question.file)) {
      const source = (await this.#reader.text(page)) ?? '';
      for (const map of importMapsOf(source)) {
        const json = readJson(map);
        const lead = leadOf({ file: page, source, json }, question.file, question.specifier);
        if (lead === undefined) continue;
        const { file } = await applyMapping(lead, this.#reader, question);
        if (file !== undefined) return { kind: 'local', file };
      }
    }
    return undefined;
  }

  async #pagesAbove(file: string): Promise<readonly string[]> {
    this.#pages ??= this.#reader.list().then((paths) => paths.filter(isPage));
    const pages = (await this.#pages).filter((path) =>
      isPage(file) ? path === file : isWithin(folderOf(path), file),
    );
    return pages.sort((left, right) => right.split('/').length - left.split('/').length).slice(0, MOST_PAGES);
  }
}

function isPage(file: string): boolean {
  return /\.html?$/i.test(file);
}

/** A browser runs JavaScript alone, and knows `import`. */
function mayBeInPage({ file, kind }: Question): boolean {
  return (kind === 'static' || kind === 'dynamic') && (isPage(file) || /\.m?js$/.test(file));
}

/** In UTF-16 code units, of a start tag. */
const LONGEST_TAG = 500;

/** The texts of a page's import maps. */
function importMapsOf(page: string): readonly string[] {
  const maps: string[] = [];
  for (let at = page.indexOf('importmap'); at >= 0; at = page.indexOf('importmap', at + 1)) {
    const prefix = page.slice(Math.max(0, at - LONGEST_TAG), at);
    const start = page.indexOf('>', at) + 1;
    const end = page.indexOf('</script', start);
    if (/<script\b[^<>]*\btype\s*=\s*["']?$/i.test(prefix) && start > 0 && end >= 0)
      maps.push(page.slice(start, end));
  }
  return maps;
}
