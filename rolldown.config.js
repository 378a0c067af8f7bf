import { defineConfig } from 'rolldown';

/**
 * Each door is one file; what it loads later is a chunk of its own. The parsers stay outside: TypeScript is
 * too large to copy, and web-tree-sitter finds its WebAssembly beside itself.
 */
export default defineConfig({
  input: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
  platform: 'node',
  // jsonc-parser's other build hides its imports from a bundler.
  resolve: { mainFields: ['module', 'main'] },
  external: [/^typescript$/, /^@typescript-eslint\//, /^web-tree-sitter/],
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    cleanDir: true,
  },
});
