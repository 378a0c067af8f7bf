import type { ContainerFormat } from '../model/language.ts';

export { commandFiles } from './command-files.ts';

/** Every file format that holds program text, but for those that hold commands. */
export const containers: readonly ContainerFormat[] = [
  { extensions: ['astro'], editorId: 'astro', container: async () => (await import('./astro.ts')).astro },
  {
    extensions: ['gjs'],
    editorId: 'glimmer-js',
    container: async () => (await import('./glimmer.ts')).gjs,
  },
  {
    extensions: ['gts'],
    editorId: 'glimmer-ts',
    container: async () => (await import('./glimmer.ts')).gts,
  },
  { extensions: ['html', 'htm'], editorId: 'html', container: async () => (await import('./html.ts')).html },
  { extensions: ['mdx'], editorId: 'mdx', container: async () => (await import('./mdx.ts')).mdx },
  { extensions: ['ipynb'], editorId: null, container: async () => (await import('./notebook.ts')).notebook },
  { extensions: ['svelte'], editorId: 'svelte', container: async () => (await import('./svelte.ts')).svelte },
  { extensions: ['vue'], editorId: 'vue', container: async () => (await import('./vue.ts')).vue },
];
