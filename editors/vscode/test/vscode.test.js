/**
 * The extension in a real VS Code server and a real browser. A picture of each state is written to build/pictures.
 * Run on demand: see CONTRIBUTING.md.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { prepare } from './code-server.js';
import { startBrowser } from './editor.js';
import { bundled, project, servesNotebooks, whitelist, World } from './world.js';

const manifest = JSON.stringify({ name: 'vetted-imports', bin: { 'check-imports': 'bin/check-imports.js' } });

let browser;
let world;
before(async () => {
  prepare();
  browser = await startBrowser();
});
after(() => browser.close());
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

/** Adds a line to the end of the open file. */
async function add(editor, line) {
  await editor.click('.view-lines', 'import');
  await editor.press('Control', 'End');
  await editor.type(`${line}\n`);
}

test('an import that nobody approved is marked while somebody types; its registry is asked on save', async () => {
  const editor = await world.open(browser, {});
  await editor.status('0 findings');
  await add(editor, 'import flask_pagination_helper');
  await editor.see('.squiggly-error');
  await editor.status('1 finding');
  await editor.picture('1-typed');
  assert.deepEqual(world.registry.requests, []);
  await editor.press('Control', 's');
  await editor.goTo(2, 10);
  const text = await editor.hover('registry has no package');
  assert.match(text, /unapproved-package\/nonexistent/);
  await editor.picture('2-saved');
  assert.ok(world.registry.requests.includes('/simple/flask-pagination-helper/'));
});

test('hover tells who approved an import, when and why', async () => {
  const editor = await world.open(browser, {});
  await editor.status('0 findings');
  await editor.goTo(1, 10);
  const text = await editor.hover('arrays in the pricing model');
  assert.match(text, /pypi:numpy approved\s+by Ada L <ada@example.org> on 2026-11-23/);
  await editor.picture('3-hover');
});

test('a quick fix changes the file', async () => {
  const editor = await world.open(browser, { changes: { 'app.py': 'import numpy_utils\n' } });
  await editor.see('.squiggly-error');
  await editor.goTo(1, 10);
  assert.ok((await editor.actions()).includes('Replace with numpy'));
  await editor.picture('4-actions');
  await editor.click('.action-widget .monaco-list-row.action', 'Replace with numpy');
  await editor.seeNone('.squiggly-error');
  await editor.status('0 findings');
  await editor.press('Control', 's');
  await editor.until('the file', () => (world.read('shop/app.py') === 'import numpy\n' ? true : undefined));
  await editor.picture('5-replaced');
});

test('an approval asks for a yes, stands in the whitelist and takes the mark away', async () => {
  const editor = await world.open(browser, { changes: { 'app.py': 'import shop_prices\n' } });
  await editor.see('.squiggly-error');
  await editor.goTo(1, 10);
  await editor.actions();
  await editor.click('.action-widget .monaco-list-row.action', 'Approve pypi:shop-prices');
  const question = await editor.see('.notification-toast', 'Approve pypi:shop-prices');
  assert.doesNotMatch(world.read('shop/approved-packages.yaml'), /shop-prices/);
  await editor.picture('6-question');
  await editor.click('.notification-toast .monaco-button', 'Approve');
  await editor.seeNone('.squiggly-error');
  await editor.status('0 findings');
  await editor.picture('7-approved');
  assert.match(world.read('shop/approved-packages.yaml'), /^ {2}pypi:shop-prices: \{ approved: .*Ada L/m);
  assert.match(question, /whole repository/);
});

test('a whitelist that is open and changed is edited, not overwritten', async () => {
  const editor = await world.open(browser, {
    changes: { 'app.py': 'import shop_prices\n' },
    file: 'approved-packages.yaml',
  });
  await editor.goTo(1, 1);
  await editor.type('# ours\n');
  await editor.show('app.py');
  await editor.see('.squiggly-error');
  await editor.goTo(1, 10);
  await editor.actions();
  await editor.click('.action-widget .monaco-list-row.action', 'Request approval');
  await editor.see(
    '.notification-toast',
    'Requested pypi:shop-prices in approved-packages.yaml:5, which is not saved yet',
  );
  assert.equal(world.read('shop/approved-packages.yaml'), whitelist);
  await editor.command('File: Save All Files');
  await editor.until('the whitelist', () => {
    const text = world.read('shop/approved-packages.yaml');
    return text.startsWith('# ours\n') && text.includes('pypi:shop-prices: { requested: ') ? true : undefined;
  });
});

/** A workspace that brings a server in node_modules, and another one that settings may name. */
function plant() {
  world.write({ 'shop/node_modules/vetted-imports/package.json': manifest });
  world.writeServer('shop/node_modules/vetted-imports/bin/check-imports.js', 'workspace');
  world.writeServer('shop/tools/server.js', 'setting');
}

const changes = { 'app.py': 'import numpy_utils\n' };
const settingOfWorkspace = { '.vscode/settings.json': '{ "check-imports.path": "tools/server.js" }\n' };

test('of a workspace that is not trusted nothing is started', async () => {
  plant();
  const editor = await world.open(browser, { changes: { ...changes, ...settingOfWorkspace }, trusts: false });
  await editor.see('.squiggly-error');
  assert.match(await editor.status('1 finding'), /comes with the extension.*\nRestricted Mode/);
  await editor.point('.statusbar-item[id*="vetted-imports"]');
  await editor.picture('8-restricted');
  assert.deepEqual([world.has('workspace'), world.has('setting')], [false, false]);
});

test('nor where the person’s own setting leads into it', async () => {
  plant();
  const settings = { 'check-imports.path': 'tools/server.js' };
  const editor = await world.open(browser, { changes, trusts: false, settings });
  await editor.see('.squiggly-error');
  assert.deepEqual([world.has('workspace'), world.has('setting')], [false, false]);
});

test('trust that is given later has the server of the workspace started', async () => {
  plant();
  const editor = await world.open(browser, { changes, trusts: false });
  await editor.status('Restricted Mode');
  await editor.command('Workspaces: Manage Workspace Trust');
  await editor.click('.workspace-trust-editor .monaco-button', 'Trust');
  assert.match(await editor.status('node_modules of the workspace'), /0\.1\.0|starting/);
  await editor.picture('9-trusted');
  assert.deepEqual([world.has('workspace'), world.has('setting')], [true, false]);
});

test('in a trusted workspace its own server is started', async () => {
  plant();
  const editor = await world.open(browser, { changes });
  await editor.see('.squiggly-error');
  assert.match(await editor.status('1 finding'), /installed in node_modules of the workspace/);
  assert.deepEqual([world.has('workspace'), world.has('setting')], [true, false]);
});

test('in a trusted workspace the server is started that its settings name', async () => {
  plant();
  const editor = await world.open(browser, { changes: { ...changes, ...settingOfWorkspace } });
  await editor.see('.squiggly-error');
  assert.match(await editor.status('1 finding'), /the setting “check-imports\.path” names/);
  assert.deepEqual([world.has('workspace'), world.has('setting')], [false, true]);
});

test('a server that is missing: what to do, and a restart once it is there', async () => {
  const settings = { 'check-imports.path': '~/lib/check-imports.js' };
  const editor = await world.open(browser, { changes, settings });
  await editor.see(
    '.notification-toast',
    'check-imports.js, which is not a file. Correct the setting or remove it',
  );
  await editor.status('the server is missing');
  await editor.picture('10-missing');
  world.writeServer('lib/check-imports.js', 'setting');
  await editor.command('vetted-imports: Restart the Language Server');
  await editor.see('.squiggly-error');
  await editor.status('1 finding');
});

test('a server that ends again and again is not started for ever', async () => {
  const body = `require(${JSON.stringify(bundled)});\nsetTimeout(() => process.exit(1), 1500);`;
  world.writeServer('lib/server.js', 'starts', body);
  const editor = await world.open(browser, {
    files: project,
    settings: { 'check-imports.path': '~/lib/server.js' },
  });
  await editor.see('.notification-toast', 'will not be restarted');
  await editor.status('has stopped');
  await editor.picture('11-crashed');
  assert.equal(world.read('starts').match(/started/g).length, 5);
});

test('a server that ends at once is told, and a restart starts it when it no longer does', async () => {
  world.writeServer('lib/server.js', 'starts', 'process.exit(1);');
  const settings = { 'check-imports.path': '~/lib/server.js' };
  const editor = await world.open(browser, { changes, settings });
  await editor.see('.notification-toast', 'server.js does not start as a language server');
  await editor.status('has stopped');
  await editor.picture('14-failed');
  assert.ok(world.read('starts').match(/started/g).length <= 5);
  world.writeServer('lib/server.js', 'starts');
  await editor.command('vetted-imports: Restart the Language Server');
  await editor.see('.squiggly-error');
  await editor.status('1 finding');
});

test('a server that never answers is told, and a restart starts another one', async () => {
  world.writeServer('lib/server.js', 'starts', 'setInterval(() => undefined, 1000);');
  const settings = { 'check-imports.path': '~/lib/server.js' };
  const editor = await world.open(browser, { changes, settings });
  await editor.see('.notification-toast', 'server.js does not start as a language server');
  await editor.status('has stopped');
  world.writeServer('lib/server.js', 'starts');
  await editor.command('vetted-imports: Restart the Language Server');
  await editor.see('.squiggly-error');
  await editor.status('1 finding');
  await new Promise((resolve) => setTimeout(resolve, 4000));
  await editor.status('1 finding');
});

test('one server serves all folders of a window', async () => {
  plant();
  world.write({
    'docs/approved-packages.yaml': whitelist,
    'docs/run.py': 'import numpy_utils\n',
    'all.code-workspace': JSON.stringify({
      folders: ['docs', 'shop'].map((name) => ({ path: path.join(world.home, name) })),
    }),
  });
  const editor = await world.open(browser, { changes, workspace: 'all.code-workspace' });
  await editor.status('1 finding');
  await editor.show('run.py');
  assert.match(await editor.status('2 findings'), /installed in node_modules of the workspace/);
  await editor.picture('13-folders');
  assert.equal(world.read('workspace'), 'started\n');
});

test('a project without a whitelist is left alone, until somebody starts the server', async () => {
  const editor = await world.open(browser, { files: { 'README.md': '' }, changes });
  await editor.see('.statusbar-item', 'Python');
  await new Promise((resolve) => setTimeout(resolve, 5000));
  assert.equal(await editor.count('.statusbar-item[id*="vetted-imports"]'), 0);
  assert.equal(await editor.count('.squiggly-error'), 0);
  await editor.command('vetted-imports: Restart the Language Server');
  await editor.see('.squiggly-error');
  assert.equal(await editor.count('.statusbar-item[id*="vetted-imports"]'), 1);
});

test('offline in the person’s settings holds where a workspace turns lookups on', async () => {
  const ofWorkspace = { '.vscode/settings.json': '{ "vetted-imports.offline": false }\n' };
  const settings = { 'vetted-imports.offline': true };
  const editor = await world.open(browser, { changes: ofWorkspace, settings });
  await editor.status('0 findings');
  await add(editor, 'import flask_pagination_helper');
  await editor.press('Control', 's');
  await editor.goTo(2, 10);
  await editor.hover('unapproved-package/not-asked');
  await new Promise((resolve) => setTimeout(resolve, 3000));
  assert.deepEqual(world.registry.requests, []);
});

test('settings of severities reach the server', async () => {
  const settings = { 'vetted-imports.severity': { 'unapproved-package': 'information' } };
  const editor = await world.open(browser, { changes, settings });
  await editor.see('.squiggly-info');
  assert.equal(await editor.count('.squiggly-error'), 0);
});

const noNotebooks = !servesNotebooks && 'the server knows no notebooks';

/** A notebook of Python whose cells hold these lines. */
function notebook(lines) {
  const cells = lines.map((line) => ({
    cell_type: 'code',
    metadata: {},
    source: [line],
    execution_count: null,
    outputs: [],
  }));
  const metadata = { language_info: { name: 'python' } };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}

test('cells of a notebook', { skip: noNotebooks }, async () => {
  const text = notebook(['import numpy', 'import numpy_utils']);
  const editor = await world.open(browser, { changes: { 'prices.ipynb': text } });
  await editor.status('0 findings');
  await editor.show('prices.ipynb');
  await editor.see('.squiggly-error');
  await editor.status('1 finding');
  await editor.click('.view-line', 'numpy_utils');
  await editor.press('End');
  await editor.press('ArrowLeft');
  await editor.hover('pypi:numpy-utils unapproved');
  await editor.picture('15-notebook');
  await editor.click('.view-line', 'numpy_utils');
  assert.ok((await editor.actions()).includes('Replace with numpy'));
  await editor.click('.action-widget .monaco-list-row.action', 'Replace with numpy');
  await editor.seeNone('.squiggly-error');
  await editor.press('Control', 's');
  await editor.until('the file', () =>
    /numpy_utils/.test(world.read('shop/prices.ipynb')) ? undefined : true,
  );
});

test('a cell that becomes Markdown, and code again', { skip: noNotebooks }, async () => {
  const editor = await world.open(browser, { changes: { 'prices.ipynb': notebook(['import numpy_utils']) } });
  await editor.status('0 findings');
  await editor.show('prices.ipynb');
  await editor.status('1 finding');
  await editor.click('.view-line', 'numpy_utils');
  await editor.press('Escape');
  await editor.press('m');
  await editor.status('0 findings');
  await editor.press('y');
  await editor.status('1 finding');
});

test('a config in JSON is held against its schema', async () => {
  const editor = await world.open(browser, {
    changes: { '.check-importsrc.json': '{\n  "lookupp": "off"\n}\n' },
    file: '.check-importsrc.json',
  });
  await editor.see('.squiggly-warning');
  await editor.goTo(2, 5);
  await editor.hover('lookupp is not allowed');
  await editor.picture('12-schema');
});
