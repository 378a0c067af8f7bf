import { rmSync } from 'node:fs';
import path from 'node:path';
import { run } from '../command.js';
import { rowsOf } from '../data.js';
import { Repository } from '../repository.js';

/** @typedef {{ dist: string, roots: readonly string[], top_level: readonly string[] }} Wheel */
/** @typedef {{ dist: string, root: string }} Import */

/**
 * Where the modules of real wheels lead, in a project that declares all those wheels: first without any
 * environment, then with the whitelist that `init` wrote while there was one. The environment is deleted
 * before anything is asked. A module that several of the wheels provide may lead to any of those.
 */
export default {
  id: 'wheels',
  title: 'Modules of real wheels, all of them declared',
  needsData: true,
  run() {
    /** @type {Wheel[]} */
    const wheels = rowsOf('wheel_imports.jsonl');
    const all = wheels.flatMap(({ dist, roots }) => roots.map((root) => ({ dist, root })));
    const imports = all.filter(({ root }) => !bycatch.test(root) && !shadowed.has(root));
    const repository = new Repository();
    try {
      repository.write([
        ['.gitignore', '.venv/\n'],
        ['requirements.txt', `${wheels.map(({ dist }) => dist).join('\n')}\n`],
        ...imports.map(({ root }, at) => /** @type {const} */ ([fileOf(at), `import ${root}\n`])),
      ]);
      repository.commit();
      const without = missed(repository, imports, 'declared');
      repository.write(environmentOf(wheels));
      init(repository);
      rmSync(path.join(repository.root, '.venv'), { recursive: true });
      const after = missed(repository, imports, 'baseline');
      return {
        rows: [
          row('no environment', imports.length, { missed: without.length, budget: 97 }),
          row('after init saw one', imports.length, { missed: after.length, budget: 100 }),
          {
            name: 'left out: tests, docs, the standard library',
            value: all.length - imports.length,
            unit: '',
          },
        ],
        exceptions: [
          ...without.map((text) => `no environment: ${text}`),
          ...after.map((text) => `after init: ${text}`),
        ],
      };
    } finally {
      repository.dispose();
    }
  },
};

/** Folders and scripts that wheels bring along by mistake. */
const bycatch = /^(?:tests?|docs?|examples?|typings|setup)(?:\.|$)/;

/** Wheels for Python versions that did not have these modules yet; the standard library comes first on `sys.path`. */
const shadowed = new Set(['argparse']);

/**
 * @param {Repository} repository
 * @param {readonly Import[]} imports
 * @param {string} status What each distribution must be found to be.
 * @returns {string[]} One sentence for each module that leads elsewhere.
 */
function missed({ root: cwd }, imports, status) {
  const { references } = JSON.parse(run(cwd, 'list', '--format', 'json').stdout);
  /** @type {Map<string, { package: string | null, origin: string, status: string | null }>} */
  const found = new Map(references.map((/** @type {{ file: string }} */ one) => [one.file, one]));
  return imports.flatMap(({ dist, root }, at) => {
    const one = found.get(fileOf(at));
    if (!one) return [`import ${root} was not listed`];
    const providers = imports.filter((other) => other.root === root);
    const right = providers.map((other) => `pkg:pypi/${canonical(other.dist)}`);
    if (one.package !== null && right.includes(one.package) && one.status === status) return [];
    return [`import ${root} of ${dist} leads to ${one.package ?? one.origin} (${one.status})`];
  });
}

/** @param {Repository} repository */
function init({ root: cwd }) {
  const { status, stderr } = run(cwd, 'init', '--yes');
  if (status !== 0) throw new Error(`init ended with ${status}: ${stderr}`);
}

/**
 * A virtual environment with what an installer leaves of each wheel: METADATA, RECORD, and the older
 * top_level.txt, and the file of each module, which holds nothing: what a record lists counts where it is there.
 *
 * @param {readonly Wheel[]} wheels
 * @returns {(readonly [string, string])[]}
 */
function environmentOf(wheels) {
  return wheels.flatMap(({ dist, roots, top_level: top }) => {
    const name = `${dist.replaceAll('-', '_')}-1.0.dist-info`;
    const packages = '.venv/lib/python3.12/site-packages';
    const folder = `${packages}/${name}`;
    const files = ['METADATA', 'RECORD', 'WHEEL', 'top_level.txt'].map((file) => `${name}/${file}`);
    const modules = roots.map((root) => `${root.replaceAll('.', '/')}/__init__.py`);
    const record = [
      `../../../bin/${dist},sha256=47DEQpj8HBSa-_TImW-5JA,228`,
      ...modules.map((module) => `${module},sha256=47DEQpj8HBSa-_TImW-5JA,0`),
      ...files.map((file) => `${file},,`),
    ];
    return [
      [`${folder}/METADATA`, `Metadata-Version: 2.4\nName: ${dist}\nVersion: 1.0\n\nImport-Name: prose\n`],
      [`${folder}/RECORD`, `${record.join('\r\n')}\r\n`],
      [`${folder}/WHEEL`, 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n'],
      [`${folder}/top_level.txt`, `${top.join('\n')}\n`],
      ...modules.map((module) => /** @type {const} */ ([`${packages}/${module}`, ''])),
    ];
  });
}

/**
 * @param {string} name
 * @param {number} total
 * @param {{ missed: number, budget: number }} found
 */
function row(name, total, { missed, budget }) {
  const value = (100 * (total - missed)) / total;
  return { name, value, unit: '%', budget, atLeast: true, note: `${total - missed} of ${total}` };
}

/** @param {number} at */
function fileOf(at) {
  return `programs/program_${String(at).padStart(5, '0')}.py`;
}

/** @param {string} name */
function canonical(name) {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}
