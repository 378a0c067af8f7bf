import { report } from '../command.js';
import { linesOf, rowsOf } from '../data.js';
import { sourceModule } from '../modules.js';
import { Repository } from '../repository.js';

/** What the command says of invented, copied and real names. */
export default {
  id: 'names',
  title: 'Names: suggestions, look-alikes',
  needsData: true,
  async run() {
    return { rows: [...suggestions(), squats(), await popular()] };
  },
};

/** For invented names: is the name that they were derived from among the three suggestions? */
function suggestions() {
  const rows = rowsOf('fake_python_names.jsonl');
  const findings = new Map(findingsFor(rows.map(({ name }) => name)).map((one) => [one.file, one]));
  return ['typo_small', 'typo_medium'].map((kind) => {
    const chosen = rows.map((row, at) => ({ ...row, at })).filter((row) => row.kind === kind);
    const hits = chosen.filter(({ base, at }) => {
      const said = findings.get(fileOf(at))?.suggestions ?? [];
      return said.some((/** @type {{ specifier: string, package: string }} */ one) =>
        base.some(
          (/** @type {string} */ name) =>
            one.specifier === name || one.package === `pkg:pypi/${canonical(name)}`,
        ),
      );
    });
    const value = (100 * hits.length) / chosen.length;
    return { name: `suggests the original of a ${kind}`, value, unit: '%', note: `of ${chosen.length}` };
  });
}

/** Packages that were published to be mistaken for others: is the other one among the suggestions? */
function squats() {
  const rows = rowsOf('typosquats.jsonl').filter(({ ecosystem }) => ecosystem === 'pypi');
  const modules = rows.map((row) => moduleOf(row.malicious_package));
  const findings = new Map(findingsFor(modules).map((one) => [one.file, one]));
  const hits = rows.filter(({ target_package: target }, at) =>
    (findings.get(fileOf(at))?.suggestions ?? []).some(
      (/** @type {{ package: string }} */ one) => one.package === `pkg:pypi/${canonical(target)}`,
    ),
  );
  const value = (100 * hits.length) / rows.length;
  return { name: 'suggests the target of a typosquat', value, unit: '%', note: `of ${rows.length}, on PyPI` };
}

/** The most popular packages, each taken as if it were unapproved: before any registry is asked. */
async function popular() {
  const { lookalikeOf } = await sourceModule('src/similar-names/lookalike.ts');
  const { NameIndex } = await sourceModule('src/similar-names/name-index.ts');
  const { loadPopular } = await sourceModule('src/similar-names/popular.ts');
  const list = (await loadPopular(['pypi'])).get('pypi');
  const names = linesOf('top-pypi.txt').slice(0, 2000);
  const named = names.filter((name) => {
    const others = { ...list, names: list.names.filter((/** @type {string} */ other) => other !== name) };
    return lookalikeOf(name, 'pypi', new NameIndex([], new Map([['pypi', others]]))) !== undefined;
  });
  const value = (100 * named.length) / names.length;
  const note = `of ${names.length}`;
  return { name: 'popular packages that are called look-alikes', value, unit: '%', budget: 4, note };
}

/** @param {readonly string[]} modules Each imported by a program of a project that declares nothing. */
function findingsFor(modules) {
  const repository = new Repository();
  try {
    repository.commit();
    repository.write(modules.map((module, at) => [fileOf(at), `import ${module}\n`]));
    repository.stage();
    return report(repository, '--staged').findings;
  } finally {
    repository.dispose();
  }
}

/** @param {number} at */
function fileOf(at) {
  return `programs/program_${String(at).padStart(5, '0')}.py`;
}

/** @param {string} name */
function moduleOf(name) {
  return name.replaceAll('-', '_');
}

/** @param {string} name */
function canonical(name) {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}
