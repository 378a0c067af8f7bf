/** VS Code in a browser, moved by keys as a person does. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

/** The folder of the pictures that a run takes, below the `build/` of the repository. */
const pictures = path.resolve(import.meta.dirname, '../../../build/pictures');

/** How long anything may take until it shows, in milliseconds. */
const MOST = 30_000;

const programs = ['chromium', 'chromium-browser', 'google-chrome'];

/** @returns A browser without a window: CHROME, or what is installed. */
export function startBrowser() {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'];
  return puppeteer.launch({ executablePath: process.env.CHROME ?? installedBrowser(), headless: true, args });
}

function installedBrowser() {
  for (const name of programs) {
    try {
      return execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();
    } catch (error) {
      if (error.status === undefined) throw error;
    }
  }
  throw new Error(`none of ${programs.join(', ')} is installed: name one by CHROME`);
}

/** One window of the editor. */
export class Editor {
  #page;

  /** Opens a folder or a `.code-workspace`, and one file of it. */
  static async open(browser, { address, folder, workspace, file }) {
    const page = await browser.newPage();
    page.setDefaultTimeout(MOST);
    await page.setViewport({ width: 1100, height: 640 });
    const open = [['openFile', `vscode-remote://${address}${file}`]];
    const place = workspace === undefined ? `folder=${folder}` : `workspace=${workspace}`;
    await page.goto(`http://${address}/?${place}&payload=${encodeURIComponent(JSON.stringify(open))}`);
    const editor = new Editor(page);
    await editor.see('.monaco-editor .view-line');
    return editor;
  }

  constructor(page) {
    this.#page = page;
  }

  close() {
    return this.#page.close();
  }

  /** Takes a picture, once what comes and goes has done so. */
  async picture(name) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    mkdirSync(pictures, { recursive: true });
    await this.#page.screenshot({ path: path.join(pictures, `${name}.png`) });
  }

  /** Waits until something is shown. @returns Its text. */
  async see(selector, text = '') {
    const shown = (elements, part) =>
      elements
        .map((element) => element.innerText)
        .find((words) => words.replaceAll('\u00a0', ' ').includes(part));
    return this.until(`“${text}” in ${selector}`, () => this.#page.$$eval(selector, shown, text));
  }

  /** Waits until nothing of a kind is shown. */
  async seeNone(selector) {
    await this.until(`no ${selector}`, async () => ((await this.count(selector)) === 0 ? true : undefined));
  }

  async count(selector) {
    return (await this.#page.$$(selector)).length;
  }

  /** Waits until a question has an answer. */
  async until(wanted, ask) {
    const end = Date.now() + MOST;
    for (;;) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      if (Date.now() > end) {
        await this.picture('failed');
        throw new Error(`${wanted} did not show; build/pictures/failed.png has what did`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Waits until the item of the status bar tells something. @returns All that it tells. */
  status(text) {
    const labels = (elements) => elements.map((element) => element.getAttribute('aria-label') ?? '');
    return this.until(`“${text}” in the status bar`, async () => {
      const all = await this.#page.$$eval('.statusbar-item', labels);
      return all.find((label) => label.includes('vetted-imports') && label.includes(text));
    });
  }

  async press(...keys) {
    for (const key of keys) await this.#page.keyboard.down(key);
    for (const key of keys.toReversed()) await this.#page.keyboard.up(key);
  }

  type(text) {
    return this.#page.keyboard.type(text);
  }

  /** Runs a command of the palette. */
  async command(name) {
    await this.press('F1');
    await this.see('.quick-input-widget .quick-input-list');
    await this.type(name);
    await this.see('.quick-input-list .monaco-list-row.focused', name.split(': ').at(-1));
    await this.press('Enter');
    await this.seeNone('.quick-input-widget:not([style*="display: none"])');
  }

  /** Shows another file of the workspace. */
  async show(name) {
    await this.press('Control', 'p');
    await this.see('.quick-input-widget .quick-input-list');
    await this.type(name);
    await this.see('.quick-input-list .monaco-list-row.focused', name);
    await this.press('Enter');
    await this.see('.monaco-breadcrumbs', name);
  }

  /** Puts the cursor at a line and column of the open file, both from 1. */
  async goTo(line, column) {
    await this.press('Control', 'g');
    await this.see('.quick-input-widget');
    await this.type(`${line}:${column}`);
    await this.press('Enter');
    await this.seeNone('.quick-input-widget:not([style*="display: none"])');
  }

  /** @returns What the editor shows at the cursor. */
  async hover(text) {
    await this.command('Show or Focus Hover');
    return this.see('.monaco-hover:not(.hidden) .monaco-hover-content', text);
  }

  /** Opens the menu of code actions at the cursor. @returns Their titles. */
  async actions() {
    await this.press('Control', '.');
    await this.see('.action-widget .monaco-list-row.action');
    const titles = (rows) => rows.map((row) => row.innerText.trim());
    return this.#page.$$eval('.action-widget .monaco-list-row.action', titles);
  }

  /** Points at something, which has the editor explain it. */
  async point(selector) {
    await this.#page.hover(selector);
    await this.see('.monaco-hover.workbench-hover, .workbench-hover');
  }

  /** Clicks what has a text. */
  async click(selector, text) {
    await this.see(selector, text);
    for (const element of await this.#page.$$(selector))
      if ((await element.evaluate(({ innerText }) => innerText)).includes(text)) return element.click();
    throw new Error(`“${text}” in ${selector} is gone`);
  }
}
