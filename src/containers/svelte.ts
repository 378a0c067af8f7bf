import type { SynchronousContainer } from '../model/language.ts';
import { scriptElements } from './elements.ts';
import { compiledScripts } from './script.ts';

/** Svelte components: instance and module scripts (https://svelte.dev/docs/svelte/svelte-files). */
export const svelte: SynchronousContainer = {
  id: 'svelte',
  contents: (text) => compiledScripts(text, scriptElements(text, 'svelte')),
};
