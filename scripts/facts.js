/**
 * Compares tables of src with what they are taken from, as far as it is on this machine: the standard library of Python
 * with the `python3` at hand (or what PYTHON names), and the
 * modules of distributions with those that are installed. Prints differences and how old each source is; fails where a
 * source has a name that its table lacks. No check runs it: what is installed is nobody's decision.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const textOf = (file) => readFileSync(path.join(root, file), 'utf8');

const program = `
import importlib.metadata as metadata, json, platform, re, sys
canonical = lambda name: re.sub(r"[-_.]+", "-", name).lower()
modules = {}
for distribution in metadata.distributions():
    name = canonical(distribution.metadata["Name"] or "")
    top = [line for line in (distribution.read_text("top_level.txt") or "").split() if line[0] != "_" and not line.endswith("__mypyc")]
    modules[name] = top
built = " ".join(platform.python_build()[1].split()[:3])
print(json.dumps({"version": platform.python_version(), "date": built, "modules": modules,
    "library": sorted(sys.stdlib_module_names)}))
`;

const python = fromPython();
let missing = 0;
if (python === undefined) {
  console.log('Python: no python3 at hand, so nothing is compared.');
} else {
  const library = wordsOf('src/languages/python/stdlib.ts');
  const lacking = python.library.filter((name) => !library.has(name));
  const later = [...library].filter((name) => !python.library.includes(name)).length;
  report(
    `standard library of CPython ${python.version}, built ${python.date}`,
    python.library.length,
    lacking,
  );
  console.log(`  (${later} names of the table are of other versions or systems)`);
  const map = mapOf('src/ecosystems/pypi/module-map/data');
  const installed = Object.entries(python.modules).flatMap(([name, modules]) =>
    modules.map((module) => ({ name, module })),
  );
  const unmapped = installed.filter(({ name, module }) => !leadsTo(map, module, name));
  const names = unmapped.map(({ name, module }) => `${name} : ${module}`);
  report('modules of the distributions that are installed', installed.length, names);
}
process.exitCode = missing === 0 ? 0 : 1;

/** Says how a table compares with its source. */
function report(source, count, lacking) {
  missing += lacking.length;
  console.log(`${source}: ${count} names, ${lacking.length} missing`);
  for (const name of lacking) console.log(`  ${name}`);
}

/** @returns What the interpreter says of itself, or undefined where there is none. */
function fromPython() {
  try {
    const interpreter = process.env.PYTHON ?? 'python3';
    return JSON.parse(execFileSync(interpreter, ['-I', '-c', program], { encoding: 'utf8' }));
  } catch {
    return undefined;
  }
}

/** @returns The words of the first list in a file. */
function wordsOf(file) {
  const [, list = ''] = /new Set\(\s*`([^`]*)`/.exec(textOf(file)) ?? [];
  return new Set(list.trim().split(/\s+/));
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

/** @returns Whether an import of a module leads to a distribution: by the map, as a part of a namespace, or by its name. */
function leadsTo(map, module, distribution) {
  const listed = map.get(module);
  if (listed !== undefined) return listed.includes(distribution);
  if ([...map.keys()].some((name) => name.startsWith(`${module}.`))) return true;
  return module.replace(/[-_.]+/g, '-').toLowerCase() === distribution;
}
