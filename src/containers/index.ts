import type { ContainerFormat } from '../model/language.ts';

/** Every file format that holds program text. */
export const containers: readonly ContainerFormat[] = [
  { extensions: ['astro'], container: async () => (await import('./astro.ts')).astro },
  { extensions: ['html', 'htm'], container: async () => (await import('./html.ts')).html },
  { extensions: ['mdx'], container: async () => (await import('./mdx.ts')).mdx },
  { extensions: ['ipynb'], container: async () => (await import('./notebook.ts')).notebook },
  { extensions: ['svelte'], container: async () => (await import('./svelte.ts')).svelte },
  { extensions: ['vue'], container: async () => (await import('./vue.ts')).vue },
];
