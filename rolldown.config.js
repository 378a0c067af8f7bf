import path from 'node:path';
import { defineConfig, rolldown } from 'rolldown';

/**
 * Each door is one file; what it loads later is a chunk of its own. TypeScript and what parses with it stay
 * outside: they are too large to copy. So does oxc-parser, which has another part for each platform.
 */
export default defineConfig({
  input: { cli: 'src/cli/start.ts', index: 'src/index.ts' },
  platform: 'node',
  resolve: {
    // jsonc-parser's other build hides its imports from a bundler.
    mainFields: ['module', 'main'],
    alias: {
      '@modelcontextprotocol/server/_shims': path.join(import.meta.dirname, 'src/mcp/sdk-runtime.ts'),
    },
  },
  external: [/^typescript$/, /^@typescript-eslint\/typescript-estree$/],
  preserveEntrySignatures: 'allow-extension',
  checks: {
    // Commands are loaded where they are called, although those of a hook stand in one file with what calls them.
    ineffectiveDynamicImport: false,
    // web-tree-sitter evaluates constants of its own; our own code is linted.
    eval: false,
  },
  plugins: [
    { name: 'values', load: valueOf },
    { name: 'plain-exports', generateBundle: (_, bundle) => Object.values(bundle).forEach(exportPlainly) },
    { name: 'ascii', generateBundle: (_, bundle) => Object.values(bundle).forEach(inAscii) },
  ],
  output: {
    dir: 'dist',
    // A hook runs on every commit: Node starts CommonJS without its module loader, which takes a tenth of a bare start.
    format: 'cjs',
    // `require` is faster than the module loader, and what it loads is kept compiled.
    dynamicImportInCjs: false,
    entryFileNames: '[name].cjs',
    chunkFileNames: ({ name, moduleIds }) => `chunks/${chunkName(name, moduleIds)}.cjs`,
    minify: true,
    cleanDir: true,
    codeSplitting: {
      groups: [
        // A package is a chunk of its own, so that what a run loads can be read off the names of its files.
        { name: packageChunk, debugName: 'packages', test: /node_modules/, priority: 3 },
        // What every hook needs stands in two files: what starts git, and what is loaded while git works.
        { name: 'check', test: /src\/cli\/(?:main|commands\/check|commands\/hook)\.ts$/, priority: 2 },
        {
          name: 'settle',
          test: /src\/(?:app\/components|pipeline|documents\/values|ecosystems\/shared\/source-location|text\/(?:paths|placeholder))\.ts$/,
          priority: 1,
        },
        // The shipped modules stay with what resolves imports, although `approve` asks for them too.
        { name: 'resolver', test: /src\/languages\/python\/resolve\/resolver\.ts$/, priority: 0 },
        // What reads further settings shares most of this with it, and is loaded for few commits.
        {
          name: 'languages-javascript-resolve',
          test: /src\/languages\/javascript\/resolve\/index\.ts$/,
          priority: 0,
        },
        // What is always loaded together stands together: a file costs as much as the little code in it.
        together(
          'unsettled',
          /src\/(?:analysis\/(?:parse-file|unreadable-config|unread-files|parse-references|syntax-errors|hints|own-name-hints|findings)|text\/(?:escape|quoted))\.ts$/,
        ),
        together(
          'lookups',
          /src\/(?:app\/lookup-settings|lookups\/(?:project-lookup|evidence-for|module-providers|reserved-names|suggestions-for|without-lookup)|similar-names\/[\w-]+|ecosystems\/popular)\.ts$/,
        ),
        together(
          'pretty',
          /src\/(?:reporters\/(?:index|pretty|package-blocks|evidence-lines|words|excerpt|layout)|cli\/version)\.ts$/,
        ),
        together(
          'agent-hook',
          /src\/(?:agents\/protocols\/[\w-]+|cli\/commands\/agent-hook|app\/agent-hook\/answer)\.ts$/,
        ),
        together(
          'agent-edit',
          /src\/(?:app\/agent-hook\/(?:answer-edit|place|deciding-paths|quick-look)|agents\/edits\/[\w-]+|app\/(?:proposed|assistant-scope|assistants|fork-point)|git\/(?:ref|object)-files|snapshots\/with-files)\.ts$/,
        ),
        together('npm-dependencies', /src\/ecosystems\/npm\/manifests\/npm-(?:dependencies|source)\.ts$/),
        together(
          'requirements',
          /src\/ecosystems\/pypi\/manifests\/(?:requirements|requirements-encoding|compiled-requirements|requirement-lines|python-dependencies)\.ts$/,
        ),
      ],
    },
  },
});

/** Chunks that are put together by hand below: their names say what for. */
const GROUPS = new Set(['check', 'settle', 'resolver', 'unsettled', 'lookups', 'pretty', 'requirements']);

/** @returns The name of a group, or the path of the module that a chunk is named after: `documents-yaml`. */
function chunkName(name, moduleIds) {
  if (GROUPS.has(name)) return name;
  const paths = moduleIds.map(
    (id) => /[\\/]((?:src|rules)[\\/].+?)(?:[\\/]index)?\.\w+$/.exec(id)?.[1] ?? '',
  );
  const path = paths.find((candidate) => candidate.split(/[\\/]/).at(-1) === name);
  return path === undefined ? name : path.replace(/^src[\\/]/, '').replaceAll(/[\\/]/g, '-');
}

/** A chunk of just these modules; what they import stays where others need it. */
function together(name, test) {
  return { name, test, priority: -1, includeDependenciesRecursively: false };
}

/** `/…/node_modules/@scope/name/…` becomes `package-scope-name`. */
function packageChunk(id) {
  const name = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id)?.[1] ?? 'unknown';
  return `package-${name.replace(/^@/, '').replace(/[\\/]/, '-')}`;
}

/** What is worked out of 17,000 names is the same in every run: the build does it once, and its value is what is loaded. */
async function valueOf(id) {
  if (!/[\\/]src[\\/]ecosystems[\\/]npm[\\/]popular\.ts$/.test(id)) return null;
  const bundle = await rolldown({ input: id, platform: 'node' });
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false });
  await bundle.close();
  const values = await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
  const code = Object.entries(values).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value)};`,
  );
  return { code: code.join('\n'), moduleType: 'js' };
}

/**
 * Our modules assign what they export once (the linter sees to that) and chunks load each other without circles. So what
 * they share is a value: a hook would make three hundred functions that return one, and call each.
 */
function exportPlainly(chunk) {
  if (chunk.type !== 'chunk' || chunk.isEntry || chunk.fileName.startsWith('chunks/package-')) return;
  chunk.code = chunk.code.replaceAll(
    /Object\.defineProperty\(exports,\s*["`]([\w$]+)["`],\s*\{\s*enumerable:\s*(?:!0|true),\s*get:\s*function\s*\(\)\s*\{\s*return\b([^{};]+);?\s*\}\s*\}\)/g,
    (_, name, value) => `exports.${name}=${value.trim()}`,
  );
  if (chunk.code.includes('Object.defineProperty(exports,'))
    throw new Error(`${chunk.fileName} exports something in another form than this build knows`);
}

/** V8 holds a text with one other character in two bytes for each of its characters, and reads it more slowly. */
function inAscii(chunk) {
  if (chunk.type !== 'chunk') return;
  // A character behind a backslash would need another spelling.
  if (/\\[^\0-\x7f]/.test(chunk.code))
    throw new Error(`${chunk.fileName} escapes a character that needs no escape`);
  chunk.code = chunk.code.replaceAll(
    /[^\0-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
