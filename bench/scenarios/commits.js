import { report } from '../command.js';
import { rowsOf } from '../data.js';
import { origins, reasons } from '../origins.js';
import { Repository } from '../repository.js';

/** @typedef {{ file: string, spec: string }} Import */
/** @typedef {{ repo: string, commit: string, added_imports: readonly Import[] }} Commit */

/**
 * What assistants added to well-kept repositories, and people merged. Each repository is rebuilt: its manifests
 * and its modules are committed, then the imports that the commits added are staged, file by file. Whatever is
 * flagged is a false alarm, or has a reason with a name.
 */
export default {
  id: 'commits',
  title: 'Merged commits that assistants co-wrote',
  needsData: true,
  run() {
    /** @type {Commit[]} */
    const commits = rowsOf('ai_commits.jsonl');
    const found = Object.keys(origins).flatMap((repo) =>
      judge(
        repo,
        commits.filter((commit) => commit.repo === repo),
      ),
    );
    const strange = commits.find(({ repo }) => !(repo in origins));
    if (strange) throw new Error(`origins.js does not say how to rebuild ${strange.repo}`);
    const reasonFor = (/** @type {{ repo: string, spec: string }} */ { repo, spec }) => reasons[repo]?.[spec];
    const known = found.filter((one) => reasonFor(one));
    const wrong = found.filter((one) => !reasonFor(one));
    const all = commits.flatMap(({ added_imports: added }) => added);
    const imports = all.filter(isImport);
    const stopped = new Set(wrong.map(({ commit }) => commit));
    return {
      rows: [
        { name: 'commits that are stopped', value: stopped.size, unit: `of ${commits.length}`, budget: 0 },
        { name: 'imports that are flagged', value: wrong.length, unit: `of ${imports.length}`, budget: 0 },
        { name: 'the same, for a reason', value: known.length, unit: `of ${imports.length}` },
        { name: 'rows that name nothing, left out', value: all.length - imports.length, unit: '' },
      ],
      exceptions: [
        ...wrong.map(({ repo, file, spec }) => `flagged ${spec} (${repo}, ${file})`),
        ...known.map((one) => `flagged ${one.spec} (${one.repo}): ${reasonFor(one)}`),
      ],
    };
  },
};

/**
 * @param {string} repo
 * @param {readonly Commit[]} commits
 */
function judge(repo, commits) {
  const imports = commits.flatMap(({ commit, added_imports: added }) =>
    added.filter(isImport).map((one) => ({ ...one, commit, repo })),
  );
  const base = baseOf(repo, imports);
  const repository = new Repository();
  try {
    repository.write(base);
    repository.commit();
    repository.write(programs(imports, base));
    repository.stage();
    const { findings: all, faults } = report(repository, '--staged');
    // The data has a part of each repository's files: what a commit imports from the rest is missing here alone.
    const findings = all.filter((/** @type {{ rule: string }} */ { rule }) => rule !== 'missing-module');
    if (faults.length > 0) throw new Error(`${repo}: ${faults[0].file}: ${faults[0].message}`);
    const lines = new Set(
      findings.flatMap((/** @type {{ file: string, places: { line: number }[] }} */ { file, places }) =>
        places.map(({ line }) => `${file}:${line}`),
      ),
    );
    return imports.filter((one) => lines.has(`${one.file}:${lineOf(one, imports)}`));
  } finally {
    repository.dispose();
  }
}

/** The rows were read with an expression, which also met text between quotes that is no specifier. */
function isImport(/** @type {Import} */ { file, spec }) {
  return file.endsWith('.py') ? /^\.*[\w.]*$/.test(spec) : /^[@#~./\w][\w@/.~:#-]*$/.test(spec);
}

/**
 * @param {string} repo
 * @param {readonly Import[]} imports
 * @returns {Map<string, string>}
 */
function baseOf(repo, imports) {
  const { pypi = [], npm = [], modules = {}, members, files = [] } = origins[repo];
  const dependencies = Object.fromEntries(npm.map((name) => [name, '*']));
  const base = new Map([
    ['requirements.txt', `${pypi.join('\n')}\n`],
    ['package.json', JSON.stringify({ name: repo.split('/')[1], dependencies })],
  ]);
  for (const { file, spec } of imports) {
    base.set(file, '');
    const module = Object.keys(modules).find(
      (own) => spec === own || spec.startsWith(`${own}.`) || spec.startsWith(`${own}/`),
    );
    if (module !== undefined && modules[module] !== '') {
      const rest = spec.slice(module.length);
      const path = file.endsWith('.py') ? `${rest.replaceAll('.', '/')}/__init__.py` : rest + endingOf(rest);
      base.set(`${modules[module]}${path}`, '');
    }
    const [scope, name] = spec.split('/');
    if (members === `${scope}/`)
      base.set(`packages/${scope}/${name}/package.json`, JSON.stringify({ name: `${scope}/${name}` }));
  }
  for (const [file, text] of files) base.set(file, text);
  return base;
}

/** @param {string} spec */
function endingOf(spec) {
  return /\.\w+$/.test(spec) ? '' : '.ts';
}

/**
 * The changed files: the added imports, before what a file of the base holds.
 *
 * @param {readonly Import[]} imports
 * @param {Map<string, string>} base
 * @returns {Map<string, string>}
 */
function programs(imports, base) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const { file } of imports) {
    const lines = specifiersIn(file, imports).map((spec) =>
      file.endsWith('.py') ? `from ${spec} import name` : `import '${spec}';`,
    );
    const text = `${lines.join('\n')}\n${base.get(file) ?? ''}`;
    texts.set(file, file.endsWith('.vue') ? `<script>\n${text}</script>\n` : text);
  }
  return texts;
}

/**
 * @param {Import} one
 * @param {readonly Import[]} imports
 */
function lineOf({ file, spec }, imports) {
  return specifiersIn(file, imports).indexOf(spec) + (file.endsWith('.vue') ? 2 : 1);
}

/**
 * @param {string} file
 * @param {readonly Import[]} imports
 */
function specifiersIn(file, imports) {
  return [...new Set(imports.filter((one) => one.file === file).map(({ spec }) => spec))];
}
