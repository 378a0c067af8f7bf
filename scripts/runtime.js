/**
 * What the tool runs from where no npm puts its dependencies beside it: the files of the tarball, and of each dependency
 * those that are loaded. The Python wheel and the extension of VS Code hold it.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { packageFolder } from './package-folder.js';
import { packedFiles } from './packed-files.js';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '..');

/** What dist/ requires by name. */
const REQUIRED = [require.resolve('@typescript-eslint/typescript-estree')];

/** What dist/ opens by name: oxc's parser as WebAssembly, which runs everywhere. Its machine code has a package for each platform. */
const OPENED = [require.resolve('oxc-parser/parser.wasm32-wasip1.wasm')];

/** Texts in a package's own folder that its licence asks to be kept. */
const NOTICE = /^(?:licen[cs]e|copying|notice|third-?party)/i;

/**
 * Copies the tool with its runtime dependencies into a folder: `bin/check-imports.js` there starts it, on any platform.
 * The project has to be built.
 *
 * @param {string} folder Where to; it is made, and has to be empty.
 */
export async function layOutRuntime(folder) {
  for (const [name, content] of await runtimeFiles()) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (typeof content === 'string') writeFileSync(file, content);
    else copyFileSync(content.source, file);
  }
}

/**
 * @returns {Promise<Map<string, string | { source: string }>>} By path, in order: a text, or the file that it is a copy of.
 * @throws {Error} Where the project is not built, or a dependency of package.json is not among what was found.
 */
export async function runtimeFiles() {
  const { files: loaded, optional } = await loadedModules();
  const sources = [...loaded, ...OPENED];
  const folders = [...new Set(sources.map(packageFolder))];
  const copies = [
    ...packedFiles(root).map((name) => path.join(root, name)),
    ...sources,
    ...sources.flatMap(manifestsAbove),
    ...folders.flatMap(notices),
  ];
  const files = new Map(copies.map((source) => [nameOf(source), { source }]));
  if (!files.has('dist/cli.cjs')) throw new Error('dist/ is missing: run npm run build first.');
  rejectMissing(folders);
  for (const name of optional) {
    const file = `node_modules/${name}/package.json`;
    if (!files.has(file)) files.set(file, standIn(name));
  }
  return new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * Follows `require` from what dist/ asks for, as Node would.
 *
 * @returns The files that can be loaded, and the packages that are asked for although nothing depends on them.
 */
async function loadedModules() {
  const optional = new Set();
  const tracing = await rolldown({
    input: REQUIRED,
    cwd: root,
    platform: 'node',
    treeshake: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'optional',
        async resolveId(source, importer, options) {
          if (isBuiltin(source)) return { id: source, external: true };
          if (importer === undefined || isPart(source, importer))
            return this.resolve(source, importer, { ...options, skipSelf: true });
          optional.add(source);
          return { id: source, external: true };
        },
      },
    ],
  });
  const { output } = await tracing.generate({ format: 'cjs' });
  await tracing.close();
  const files = output.flatMap(({ moduleIds = [] }) => moduleIds).filter((id) => path.isAbsolute(id));
  return { files, optional };
}

/**
 * Is it a file of the same package, or does the package depend on it? What it would take if it were there is left out,
 * whatever else is installed here.
 */
function isPart(source, importer) {
  const name = /^(?:@[^/]+\/)?[^/.][^/]*/.exec(source)?.[0];
  if (name === undefined) return true;
  const manifest = path.join(packageFolder(importer), 'package.json');
  const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = readManifest(manifest);
  return name in dependencies || (name in peerDependencies && peerDependenciesMeta[name]?.optional !== true);
}

/** A package that exports nothing: Node would look for the real one in every folder above, which are not the tool's. */
function standIn(name) {
  return `${JSON.stringify({ name, version: '0.0.0', description: 'An optional package that is left out', exports: {} })}\n`;
}

function rejectMissing(folders) {
  const { dependencies } = readManifest(path.join(root, 'package.json'));
  const names = new Set(folders.map(nameOf));
  const missing = Object.keys(dependencies).filter((name) => !names.has(`node_modules/${name}`));
  if (missing.length > 0) throw new Error(`scripts/runtime.js knows nothing of ${missing.join(', ')}`);
}

/** Node asks the nearest one whether a file is CommonJS: there may be one in each folder of a package. */
function manifestsAbove(source) {
  const whole = packageFolder(source);
  const manifests = [];
  for (let folder = path.dirname(source); folder.length >= whole.length; folder = path.dirname(folder))
    manifests.push(path.join(folder, 'package.json'));
  return manifests.filter((manifest) => existsSync(manifest));
}

function readManifest(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function notices(folder) {
  return readdirSync(folder)
    .filter((entry) => NOTICE.test(entry))
    .map((entry) => path.join(folder, entry));
}

/** @returns The path from the root, with slashes: where it stands in the runtime. */
function nameOf(source) {
  const name = path.relative(root, source).split(path.sep).join('/');
  if (name.startsWith('../')) throw new Error(`${source} stands outside of ${root}`);
  return name;
}
