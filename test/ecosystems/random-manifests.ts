import fc from 'fast-check';

/** A line of a random manifest. What is said of it in comments names it. */
export interface Entry {
  readonly name: string;
  readonly version: string;
  readonly hasExtra: boolean;
  readonly hasMarker: boolean;
  readonly hasComment: boolean;
  readonly commentAbove: boolean;
  readonly hashes: number;
  readonly quote: string;
  readonly inLine: boolean;
  readonly form: number;
}

interface Layout {
  readonly eol: string;
  readonly indent: string;
  readonly isInline: boolean;
  readonly lastComma: boolean;
  readonly leadingComma: boolean;
  readonly isOpen: boolean;
  readonly end: string;
}

const pool = ['flask', 'numpy', 'attrs', 'rich', 'zope-interface', 'Py_Yaml', 'numppy', 'x1'];
const npmPool = ['lodash', '@acme/ui', 'react', 'left-pad', 'lodahs', 'x1'];

const entryOf = (names: readonly string[]): fc.Arbitrary<Entry> =>
  fc.record({
    name: fc.constantFrom(...names),
    version: fc.constantFrom('', '>=2', '==1.0', '~=3.1,<4'),
    hasExtra: fc.boolean(),
    hasMarker: fc.boolean(),
    hasComment: fc.boolean(),
    commentAbove: fc.boolean(),
    hashes: fc.constantFrom(0, 0, 0, 1, 2),
    quote: fc.constantFrom('"', "'"),
    inLine: fc.boolean(),
    form: fc.nat(5),
  });

const entriesOf = (names: readonly string[], minLength = 0) =>
  fc.uniqueArray(entryOf(names), { minLength, maxLength: 4, selector: ({ name }) => name });
const entries = entriesOf(pool);

const layout: fc.Arbitrary<Layout> = fc.record({
  eol: fc.constantFrom('\n', '\n', '\r\n'),
  indent: fc.constantFrom('  ', '    ', '\t'),
  isInline: fc.boolean(),
  lastComma: fc.boolean(),
  leadingComma: fc.integer({ min: 0, max: 7 }).map((value) => value === 0),
  isOpen: fc.boolean(),
  end: fc.constantFrom('', '\n# the end'),
});

/** @returns A requirement as PEP 508 has it. */
function requirement({ name, version, hasExtra, hasMarker }: Entry): string {
  return `${name}${hasExtra ? '[fast]' : ''}${version}${hasMarker ? " ; python_version < '3.9'" : ''}`;
}

function about({ name }: Entry): string {
  return ` # about ${name}, "and" more]`;
}

function quoted({ quote }: Entry, text: string): string {
  return quote === "'" && !text.includes("'") ? `'${text}'` : `"${text}"`;
}

/** A list between brackets, with comments of TOML and Python. */
function list(items: readonly Entry[], { indent, isInline, lastComma, leadingComma }: Layout): string {
  const texts = items.map((item) => quoted(item, requirement(item)));
  if (leadingComma && items.length > 1) return `[ ${texts.join(`\n${indent}, `)}\n${indent}]`;
  if (isInline) {
    const pad = items[0]?.inLine === true ? ' ' : '';
    return `[${pad}${texts.join(', ')}${lastComma && texts.length > 0 ? ',' : ''}${pad}]`;
  }
  const lines = items.map((item, at) => {
    const comma = at < items.length - 1 || lastComma ? ',' : '';
    const above = item.commentAbove ? `\n${indent}# above ${item.name}` : '';
    return `${above}\n${indent}${texts[at] ?? ''}${comma}${item.hasComment ? about(item) : ''}`;
  });
  return `[${lines.join('')}\n]`;
}

/** A table of TOML from names to versions, in all its forms. */
function table(path: string, items: readonly Entry[], { indent, isInline }: Layout): string {
  const value = ({ version, hasExtra }: Entry) => {
    const range = `"${version || '*'}"`;
    return hasExtra ? `{ version = ${range}, extras = ["fast"] }` : range;
  };
  if (isInline) {
    const dot = path.lastIndexOf('.');
    const pairs = items.map((item) => `${item.name} = ${value(item)}`).join(', ');
    return `[${path.slice(0, dot)}]\n${path.slice(dot + 1)} = { ${pairs} }\n`;
  }
  const small = items.filter(({ form }) => form < 4);
  const own = items.filter(({ form }) => form >= 4);
  const pairs = small.map((item) => {
    const comment = item.hasComment ? about(item) : '';
    const lead = item.inLine ? '' : indent;
    const above = item.commentAbove ? `${lead}# above ${item.name}\n` : '';
    const key = item.form === 1 ? `"${item.name}"` : item.name;
    if (item.form === 0) return `${above}${lead}${key}.version = "${item.version || '*'}"${comment}\n`;
    return `${above}${lead}${key} = ${value(item)}${comment}\n`;
  });
  const tables = own.map((item) => {
    const extras = item.hasExtra ? 'extras = [\n  "fast",\n]\n' : '';
    return `\n[${path}.${item.name}] # about ${item.name}\nversion = "${item.version || '*'}"\n${extras}`;
  });
  return `[${path}]\n${pairs.join('')}${tables.join('')}\n`;
}

const written = (render: (layout: Layout, lists: readonly (readonly Entry[])[]) => string, of = entries) =>
  fc
    .record({ layout, lists: fc.array(of, { minLength: 4, maxLength: 4 }) })
    .map(({ layout: use, lists }) => render(use, lists).replaceAll('\n', use.eol));

const requirements = written((use, [first = [], second = []]) => {
  const lines = [...first, ...second.filter(({ name }) => !first.some((other) => other.name === name))].map(
    (item) => {
      const hashes = Array.from(
        { length: item.hashes },
        (_, at) => ` \\\n    --hash=sha256:${item.name}${at}`,
      );
      const above = item.commentAbove ? `# above ${item.name}\n` : '';
      const comment = item.hasComment ? ` # about ${item.name}` : '';
      return `${above}${requirement(item)}${hashes.join('')}${comment}`;
    },
  );
  const options = use.isInline ? ['-r other.txt', '', '--only-binary x'] : [];
  return [...options, ...lines].join('\n') + (use.isOpen ? '' : '\n') + use.end;
});

const pyproject = written((use, [main = [], group = [], poetry = [], envs = []]) => {
  const parts = [
    '[build-system]\nrequires = ["hatchling"]\n',
    use.isOpen ? '' : `[project]\nname = "x"\ndependencies = ${list(main, use)}${use.end}\n`,
    use.isOpen ? '' : `[project.optional-dependencies]\nplot = ${list(group, use)}\n`,
    `[dependency-groups]\ntest = ["pytest"]\ndev = ${list(group, { ...use, isInline: !use.isInline })} # group\n`,
    use.leadingComma ? '' : table('tool.poetry.dependencies', poetry, use),
    table('tool.poetry.group.dev.dependencies', envs, { ...use, isInline: false }),
    `[tool.hatch.envs.default]\ndependencies = ${list(envs, use)}\n`,
    `[tool.uv]\ndev-dependencies = ${list(main, use)}\n`,
    `[tool.pdm.dev-dependencies]\ntest = ${list(poetry, use)}\n`,
  ];
  return parts.join(use.isInline ? '' : '\n');
});

const pipfile = written((use, [main = [], dev = []]) => {
  const source = '[[source]]\nname = "pypi"\nurl = "https://pypi.org/simple"\nverify_ssl = true\n';
  return `${source}\n${table('packages', main, { ...use, isInline: false })}${table('dev-packages', dev, { ...use, isInline: false })}`;
});

const pixi = written((use, [conda = [], pypi = [], feature = []]) => {
  const workspace = '[workspace]\nchannels = ["conda-forge"]\nname = "x"\n\n';
  const plain = { ...use, isInline: false };
  return `${workspace}${table('dependencies', conda, plain)}${table('pypi-dependencies', pypi, plain)}${table('feature.test.pypi-dependencies', feature, use)}`;
});

const hatch = written(
  (use, [main = [], docs = []]) =>
    `[envs.default]\ndependencies = ${list(main, use)}\n\n[envs.docs]\nextra-dependencies = ${list(docs, use)}\n`,
);

const setupPy = written((use, [main = [], dev = []]) => {
  const extras = `extras_require={"dev": ${list(dev, use)}},`;
  return `from setuptools import setup\n\nsetup(\n    name="x",\n    install_requires=${list(main, use)}, # list\n    ${extras}\n)\n`;
});

const setupCfg = written((use, [main = [], dev = []]) => {
  const lines = (items: readonly Entry[]) =>
    items
      .map(
        (item) =>
          `\n${item.commentAbove ? `${use.indent}# above ${item.name}\n` : ''}${use.indent}${requirement(item)}`,
      )
      .join('');
  const first = use.isInline && main[0] !== undefined ? ` ${main[0].name}` : '';
  const rest = first === '' ? main : main.slice(1);
  return `[metadata]\nname = x\n\n[options]\ninstall_requires =${first}${lines(rest)}\nzip_safe = false\n\n[options.extras_require]\ndev =${lines(dev)}\n`;
});

/** Members of an object of JSON. */
function object(
  items: readonly Entry[],
  use: Layout,
  value: (item: Entry) => string,
  comments: boolean,
): string {
  const pairs = items.map((item) => `"${item.name}": "${value(item)}"`);
  if (use.isInline) return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  const lines = pairs.map((pair, at) => {
    const item = items[at];
    const comma = at < pairs.length - 1 || (comments && use.lastComma) ? ',' : '';
    const comment =
      !comments || item?.hasComment !== true
        ? ''
        : item.inLine
          ? ` // about ${item.name}`
          : ` /* about ${item.name} */`;
    return `\n${use.indent.repeat(2)}${pair}${comma}${comment}`;
  });
  return `{${lines.join('')}\n${use.indent}}`;
}

const range = ({ version }: Entry) => `${version.startsWith('==') ? '' : '^'}1.2.3`;

const packageJson = written((use, [main = [], dev = [], peer = [], optional = []]) => {
  const sections = [
    '"name": "x"',
    ...(use.isOpen ? [] : [`"dependencies": ${object(main, use, range, false)}`]),
    `"devDependencies": ${object(dev, use, range, false)}`,
    `"peerDependencies": ${object(peer, use, range, false)}`,
    `"optionalDependencies": ${object(optional, use, range, false)}`,
    `"bundleDependencies": [${dev.map(({ name }) => `"${name}"`).join(', ')}]`,
  ];
  return `{\n${use.indent}${sections.join(`,\n${use.indent}`)}\n}\n`;
}, entriesOf(npmPool));

const deno = written((use, [main = [], scope = []]) => {
  const value = (item: Entry) => `npm:${item.name}@${range(item)}`;
  const tasks = '"tasks": { "x": "deno run x.ts" } // tasks';
  const imports = `"imports": ${object(main, use, value, true)}`;
  const scopes = `"scopes": { "./x/": ${object(scope, use, value, true)} }`;
  return `{\n  ${imports},\n  ${scopes},\n  ${tasks}\n}\n`;
}, entriesOf(npmPool));

/** Lines of a map or a list of YAML. */
function yamlLines(items: readonly Entry[], indent: string, line: (item: Entry) => string): string {
  return items
    .map((item) => {
      const above = item.commentAbove ? `${indent}# above ${item.name}\n` : '';
      return `${above}${indent}${line(item)}${item.hasComment ? ` # about ${item.name}` : ''}\n`;
    })
    .join('');
}

const catalogs = written(
  (use, [main = [], other = []]) => {
    const pair = (item: Entry) =>
      `${item.name.startsWith('@') || item.inLine ? `"${item.name}"` : item.name}: ${range(item)}`;
    const flow = `{ ${other.map(pair).join(', ')} }`;
    const block = `\n${yamlLines(other, '    ', pair)}`;
    return `packages:\n  - "packages/*"\ncatalog:\n${yamlLines(main, '  ', pair)}catalogs:\n  old: ${use.isInline ? `${flow}\n` : block}overrides: {}\n`;
  },
  entriesOf(npmPool, 1),
);

const environment = written(
  (use, [conda = [], pip = []]) => {
    const item = (entry: Entry) => {
      const text = requirement(entry);
      return `- ${/[#'"]/.test(text) || entry.inLine ? `"${text}"` : text}`;
    };
    const match = ({ name, version, inLine }: Entry) =>
      `- ${inLine ? `"${name}${version}"` : name + version}`;
    const names = pip.map((entry) => `"${requirement(entry)}"`).join(', ');
    const list = use.isInline ? ` [${names}]\n` : `\n${yamlLines(pip, '    ', item)}`;
    return `name: x\nchannels:\n  - conda-forge\ndependencies:\n  - python=3.12\n${yamlLines(conda, '  ', match)}  - pip\n  - pip:${list}`;
  },
  entriesOf(pool, 1),
);

const homeAssistant = written((use, [main = []]) => {
  const items = main.map((item) => `"${item.name}==1.0"`);
  const lines = items.map((item) => `\n${use.indent.repeat(2)}${item}`).join(',');
  const text = use.isInline
    ? `[${items.join(', ')}]`
    : items.length === 0
      ? '[]'
      : `[${lines}\n${use.indent}]`;
  return `{\n${use.indent}"domain": "x",\n${use.indent}"requirements": ${text},\n${use.indent}"version": "1.0"\n}\n`;
});

/** Random manifests by a path that their format matches. */
export const randomManifests: ReadonlyMap<string, fc.Arbitrary<string>> = new Map([
  ['package.json', packageJson],
  ['deno.json', deno],
  ['pnpm-workspace.yaml', catalogs],
  ['pyproject.toml', pyproject],
  ['requirements.txt', requirements],
  ['setup.cfg', setupCfg],
  ['setup.py', setupPy],
  ['Pipfile', pipfile],
  ['environment.yml', environment],
  ['pixi.toml', pixi],
  ['hatch.toml', hatch],
  ['custom_components/x/manifest.json', homeAssistant],
]);
