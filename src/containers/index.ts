import type { Container } from '../model/language.ts';
import { astro } from './astro.ts';
import { html } from './html.ts';
import { mdx } from './mdx.ts';
import { notebook } from './notebook.ts';
import { svelte } from './svelte.ts';
import { vue } from './vue.ts';

/** Every file format that holds program text. */
export const containers: readonly Container[] = [astro, html, mdx, notebook, svelte, vue];
