/**
 * Compares tables of src with what they are taken from, as far as it is on this machine: the standard library of Python
 * with every `python3.N` at hand (or what PYTHON names) and with the list of typeshed, and the modules of distributions
 * with those that are installed and those that typeshed has stubs of. Nothing is fetched. Prints differences, how old each
 * source is and which one is not here; fails where a source has a name that its table lacks. No check runs it: what is
 * installed is nobody's decision.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const textOf = (file) => readFileSync(path.join(root, file), 'utf8');

const program = `
import importlib.metadata as metadata, json, os, platform, re, sys
canonical = lambda name: re.sub(r"[-_.]+", "-", name).lower()
modules = {}
for distribution in metadata.distributions():
    name = canonical(distribution.metadata["Name"] or "")
    top = [line for line in (distribution.read_text("top_level.txt") or "").split() if line[0] != "_" and not line.endswith("__mypyc")]
    modules[name] = top
built = " ".join(platform.python_build()[1].split()[:3])
typesheds = []
for name in ("mypy/typeshed", "jedi/third_party/typeshed"):
    typesheds += [folder + "/" + name for folder in sys.path if os.path.isdir(folder + "/" + name)]
print(json.dumps({"version": platform.python_version(), "date": built, "modules": modules, "typesheds": typesheds,
    "library": sorted(sys.stdlib_module_names)}))
`;

const table = 'src/languages/python/stdlib.ts';
const library = wordsOf(table, 0);
const oldLibrary = wordsOf(table, 1);
const map = mapOf('src/ecosystems/pypi/module-map/data');
const [, oldest, newest] = /any CPython from 3\.(\d+) to 3\.(\d+)/.exec(textOf(table)).map(Number);
/** What typeshed has beside modules that someone imports: for type checkers, a sample of CPython's, commands of Django. */
const withoutModule = new Set([
  '_typeshed',
  'typing_extensions',
  'xxlimited',
  'django-import-export : management',
]);
let missing = 0;

const versions = Array.from({ length: newest - oldest + 2 }, (_, at) => `3.${oldest + at}`);
const named = process.env.PYTHON === undefined ? [] : [process.env.PYTHON];
const interpreters = [...named, 'python3', ...versions.map((version) => `python${version}`)].flatMap(
  (name) => fromPython(name) ?? [],
);
const seen = new Set();
for (const python of interpreters) {
  if (seen.has(python.version)) continue;
  seen.add(python.version);
  const source = `standard library of CPython ${python.version}, built ${python.date}`;
  report(
    Number(python.version.split('.')[1]) > newest ? `${source}, newer than the table` : source,
    python.library,
    (name) => library.has(name),
  );
}
const absent = versions.filter((version) => ![...seen].some((other) => other.startsWith(`${version}.`)));
if (absent.length > 0)
  console.log(`Not compared, as none is at hand: the standard library of CPython ${absent.join(', ')}`);

const installed = interpreters.flatMap(({ modules }) => Object.entries(modules));
report('modules of the distributions that are installed', pairsOf(installed), leadsThere);

const typeshed = [
  process.env.TYPESHED ?? '',
  path.join(root, 'node_modules/pyright/dist/typeshed-fallback'),
  ...interpreters.flatMap(({ typesheds }) => typesheds),
].find((folder) => existsSync(path.join(folder, 'stdlib/VERSIONS')));
if (typeshed === undefined)
  console.log(
    'Not compared, as it is not at hand: typeshed. Install pyright or mypy, or name its folder in TYPESHED.',
  );
else compareTypeshed(typeshed);
process.exitCode = missing === 0 ? 0 : 1;

/** The list of typeshed, and its stubs: https://github.com/python/typeshed/blob/main/CONTRIBUTING.md */
function compareTypeshed(folder) {
  const lines = readFileSync(path.join(folder, 'stdlib/VERSIONS'), 'utf8').matchAll(/^([\w.]+):/gm);
  const names = [...lines].map(([, name]) => name).filter((name) => !name.includes('.'));
  report(
    `standard library after typeshed in ${folder}`,
    names.filter((name) => !withoutModule.has(name)),
    (name) => library.has(name) || oldLibrary.has(name),
  );
  const stubs = path.join(folder, 'stubs');
  const distributions = existsSync(stubs) ? readdirSync(stubs) : [];
  const provided = distributions.map((distribution) => [
    canonical(distribution),
    readdirSync(path.join(stubs, distribution), { withFileTypes: true })
      .filter((entry) => (entry.isDirectory() ? !entry.name.startsWith('@') : entry.name.endsWith('.pyi')))
      .map(({ name }) => name.replace(/(?:-stubs|\.pyi)$/, ''))
      .filter((name) => !name.startsWith('_')),
  ]);
  const pairs = pairsOf(provided).filter((line) => !withoutModule.has(line));
  report('modules that typeshed has stubs of', pairs, leadsThere);
}

/** @returns A text for each module of a distribution, as a line of the map. */
function pairsOf(provided) {
  return provided.flatMap(([distribution, modules]) =>
    modules.map((module) => `${distribution} : ${module}`),
  );
}

/** Says how a table compares with the names of its source. */
function report(source, names, isKnown) {
  const lacking = [...new Set(names)].filter((name) => !isKnown(name));
  missing += lacking.length;
  console.log(`${source}: ${new Set(names).size} names, ${lacking.length} missing`);
  for (const name of lacking) console.log(`  ${name}`);
}

/** @returns What an interpreter says of itself, or undefined where there is none. */
function fromPython(interpreter) {
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return JSON.parse(execFileSync(interpreter, ['-I', '-c', program], options));
  } catch {
    return undefined;
  }
}

/** @returns The words of a list in a file, the first of which is 0. */
function wordsOf(file, at) {
  const [, list = ''] = [...textOf(file).matchAll(/new Set\(\s*`([^`]*)`/g)][at] ?? [];
  return new Set(list.trim().split(/\s+/));
}

function canonical(name) {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

/** @returns The distributions of each module that the map lists. */
function mapOf(folder) {
  const lines = readdirSync(path.join(root, folder)).flatMap((file) =>
    textOf(`${folder}/${file}`).split('\n'),
  );
  const entries = lines.filter((line) => /^[a-z].* : /.test(line)).map((line) => line.split(' : '));
  const map = new Map();
  for (const [distributions, modules] of entries)
    for (const module of modules.split(' ')) map.set(module, distributions.split(' '));
  return map;
}

/** @returns Whether an import leads to a distribution: by the map, as a part of a namespace, or by its name. */
function leadsThere(line) {
  const [distribution, module] = line.split(' : ');
  if (library.has(module)) return true;
  const listed = map.get(module);
  if (listed !== undefined) return listed.includes(distribution);
  if ([...map.keys()].some((name) => name.startsWith(`${module}.`))) return true;
  return canonical(module) === distribution;
}
