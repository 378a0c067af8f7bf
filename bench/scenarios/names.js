import { report } from '../command.js';
import { linesOf, rowsOf } from '../data.js';
import { Repository } from '../repository.js';

/** What the command says of invented, copied and real names, and of the modules that real wheels provide. */
export default {
  id: 'names',
  title: 'Names: wheels, suggestions, look-alikes',
  needsData: true,
  run() {
    const wheels = providedModules();
    return {
      rows: [wheels.row, ...suggestions(), ...squats(), popular()],
      exceptions: wheels.exceptions,
    };
  },
};

/** Every distribution is declared; an import of each of its roots must lead to it. */
function providedModules() {
  const wheels = rowsOf('wheel_imports.jsonl');
  const imports = wheels.flatMap(({ dist, roots }) =>
    roots.map((/** @type {string} */ root) => ({ dist, root })),
  );
  const flagged = new Map(
    findingsFor({
      manifest: wheels.map(({ dist }) => dist),
      modules: imports.map(({ root }) => root),
    }).map(({ file, package: found }) => [file, found]),
  );
  const wrong = imports.flatMap(({ dist, root }, at) => {
    const found = flagged.get(fileOf(at));
    return found ? [`import ${root} of ${dist} was taken for ${found}`] : [];
  });
  const value = (100 * (imports.length - wrong.length)) / imports.length;
  return {
    row: { name: 'imports that lead to the declared wheel', value, unit: '%', note: `of ${imports.length}` },
    exceptions: wrong,
  };
}

/** For invented names: is the name that they were derived from among the three suggestions? */
function suggestions() {
  const rows = rowsOf('fake_python_names.jsonl');
  const findings = new Map(
    findingsFor({ manifest: [], modules: rows.map(({ name }) => name) }).map((one) => [one.file, one]),
  );
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

/** Packages that were published to be mistaken for others. */
function squats() {
  const rows = rowsOf('typosquats.jsonl').filter(({ ecosystem }) => ecosystem === 'pypi');
  const findings = findingsFor({ manifest: [], modules: rows.map((row) => moduleOf(row.malicious_package)) });
  const named = findings.filter(({ grade }) => grade === 'lookalike').length;
  return [
    {
      name: 'typosquats that are called look-alikes',
      value: (100 * named) / rows.length,
      unit: '%',
      note: `of ${rows.length}`,
    },
  ];
}

/** Real packages that are neither first nor last among the popular ones: none of them imitates. */
function popular() {
  const names = linesOf('top-pypi.txt')
    .slice(5000, 7000)
    .filter((name) => /^[a-z][\w-]*$/i.test(name));
  const findings = findingsFor({ manifest: [], modules: names.map(moduleOf) });
  const named = findings.filter(({ grade }) => grade === 'lookalike').length;
  return {
    name: 'real packages that are called look-alikes',
    value: (100 * named) / names.length,
    unit: '%',
    note: `of ${names.length}`,
  };
}

/** @param {{ manifest: readonly string[], modules: readonly string[] }} project */
function findingsFor({ manifest, modules }) {
  const repository = new Repository();
  try {
    repository.write([['requirements.txt', `${manifest.join('\n')}\n`]]);
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
