import { report } from '../command.js';
import { rowsOf } from '../data.js';
import { distributions, doubtful, googleCloud } from '../distributions.js';
import { Repository } from '../repository.js';

/** @typedef {{ spec: string, root: string, why: string }} Label */
/** @typedef {{ code: string, lang: 'python' | 'javascript', must_flag: Label[], must_pass: Label[] }} Block */

/**
 * Code that language models wrote, each block a staged file, in a repository that has no whitelist and
 * whose committed manifests declare the packages that are real: every invented package must be flagged,
 * and nothing that is real.
 */
export default {
  id: 'llm-code',
  title: 'Code by language models, through the command',
  needsData: true,
  run() {
    /** @type {Block[]} */
    const blocks = rowsOf('llm_code.jsonl');
    const repository = new Repository();
    try {
      repository.write(manifestsFor(blocks));
      repository.commit();
      repository.write(blocks.map((block, at) => [fileOf(block, at), block.code]));
      repository.stage();
      return judge(blocks, report(repository, '--staged'));
    } finally {
      repository.dispose();
    }
  },
};

/**
 * @param {readonly Block[]} blocks
 * @param {{ findings: any[], faults: any[] }} report
 */
function judge(blocks, { findings, faults }) {
  /** @type {Map<string, Set<string>>} */
  const flagged = new Map();
  for (const { file, places, specifier, rule } of findings) {
    if (rule !== 'unapproved-package' && rule !== 'unclear-import') continue;
    const names = flagged.get(file) ?? new Set();
    flagged.set(file, names.add(specifier));
    if (places.length === 0) throw new Error(`a finding without a place in ${file}`);
  }
  /** @type {(block: Block, at: number) => string[]} */
  const specifiersIn = (block, at) => [...(flagged.get(fileOf(block, at)) ?? [])];
  const missed = [];
  const wrong = [];
  const doubted = [];
  let [flags, passes] = [0, 0];
  for (const [at, block] of blocks.entries()) {
    for (const label of block.must_flag) {
      flags += 1;
      if (!specifiersIn(block, at).some((specifier) => rootOf(block, specifier) === label.root))
        missed.push(`missed ${label.spec} (${fileOf(block, at)})`);
    }
    for (const label of block.must_pass) {
      passes += 1;
      if (!specifiersIn(block, at).some((specifier) => covers(specifier, label))) continue;
      const doubt = doubtful.get(fileOf(block, at));
      if (doubt) doubted.push(`flagged ${label.spec} (${fileOf(block, at)}): ${doubt}`);
      else wrong.push(`flagged ${label.spec} (${label.why}, ${fileOf(block, at)})`);
    }
  }
  const rows = [
    {
      name: 'must be flagged, and is',
      value: flags - missed.length,
      unit: `of ${flags}`,
      budget: flags,
      atLeast: true,
    },
    { name: 'must pass, and is flagged', value: wrong.length, unit: `of ${passes}`, budget: 0 },
    { name: 'the same, where the label is wrong', value: doubted.length, unit: `of ${passes}` },
    { name: 'blocks that are no program', value: faults.length, unit: `of ${blocks.length}` },
  ];
  return { rows, exceptions: [...missed, ...wrong, ...doubted] };
}

/**
 * A finding stands for all imports of its package in a file and names the first.
 *
 * @param {Block} block
 * @param {string} specifier
 */
function rootOf({ lang }, specifier) {
  return lang === 'python'
    ? specifier.split('.')[0]
    : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/**
 * @param {string} specifier What a finding names.
 * @param {Label} label
 */
function covers(specifier, { spec, root }) {
  return specifier === spec || specifier === root || spec.startsWith(`${specifier}.`);
}

/**
 * @param {Block} block
 * @param {number} at
 */
function fileOf({ lang }, at) {
  return `blocks/block_${String(at).padStart(4, '0')}.${lang === 'python' ? 'py' : 'js'}`;
}

/**
 * The distributions behind what must pass: those that the table or real wheels name, else the one of the
 * same name.
 *
 * @param {readonly Block[]} blocks
 * @returns {(readonly [string, string])[]}
 */
function manifestsFor(blocks) {
  const providers = providersByModule();
  const python = new Set(googleCloud.values());
  const npm = new Set();
  for (const { lang, must_pass: labels } of blocks) {
    for (const { spec, root, why } of labels) {
      if (why === 'stdlib') continue;
      if (lang === 'javascript') npm.add(root);
      else for (const name of providersOf(spec, root, providers)) python.add(name);
    }
  }
  const dependencies = Object.fromEntries([...npm].map((name) => [name, '*']));
  return [
    ['requirements.txt', `${[...python].join('\n')}\n`],
    ['package.json', JSON.stringify({ name: 'blocks', private: true, dependencies }, null, 2)],
  ];
}

/** @returns {Map<string, string[]>} */
function providersByModule() {
  /** @type {Map<string, string[]>} */
  const providers = new Map();
  for (const { dist, roots, top_level: top } of rowsOf('wheel_imports.jsonl')) {
    for (const module of new Set([...roots, ...top])) {
      providers.set(module, [...(providers.get(module) ?? []), dist]);
    }
  }
  return providers;
}

/**
 * @param {string} spec
 * @param {string} root
 * @param {Map<string, string[]>} providers
 */
function providersOf(spec, root, providers) {
  for (let module = spec; module !== ''; module = module.slice(0, Math.max(module.lastIndexOf('.'), 0))) {
    const found = distributions.get(module) ?? providers.get(module);
    if (found) return [found].flat();
  }
  return [root];
}
