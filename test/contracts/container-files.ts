/** A file of a container, line by line, and what it holds: its segments as `language dialect: text`, and what is wrong. */
export interface ContainerFile {
  readonly lines: readonly string[];
  readonly segments: readonly string[];
  /** `line:column message`; null where nothing is wrong with the file, or the format takes everything. */
  readonly broken: string | null;
}

/** A file with programs, one of the same format without any, and a truncated one. */
export interface ContainerFiles {
  readonly whole: ContainerFile;
  readonly empty: ContainerFile;
  readonly truncated: ContainerFile;
}

/** The files of every container, by its id. */
export const containerFiles: Readonly<Partial<Record<string, ContainerFiles>>> = {
  astro: {
    whole: {
      lines: ['---', "import a from 'a';", '---', '<p>Text</p>', "<script>import 'b';</script>"],
      segments: ["javascript ts: import a from 'a';", "javascript ts: import 'b';"],
      broken: null,
    },
    empty: { lines: ['---', '---', '<p>Text</p>'], segments: [], broken: null },
    truncated: {
      lines: ['---', "import a from 'a';"],
      segments: ["javascript ts: import a from 'a';"],
      broken: '1:1 the code fence --- has no end',
    },
  },
  gjs: {
    whole: {
      lines: ["import a from 'a';", '', '<template>{{a}}</template>'],
      segments: ["javascript js: import a from 'a';\n\n_"],
      broken: null,
    },
    empty: { lines: ['<template>', '  <p>Text</p>', '</template>'], segments: [], broken: null },
    truncated: {
      lines: ["import a from 'a';", '<template>', '  {{a}}'],
      segments: ["javascript js: import a from 'a';\n_"],
      broken: '2:1 the template has no end tag',
    },
  },
  gts: {
    whole: {
      lines: ["import a from 'a';", '', 'const view: View = <template>{{a}}</template>;'],
      segments: [`javascript ts: import a from 'a';\n\nconst view: View = _${' '.repeat(25)};`],
      broken: null,
    },
    empty: { lines: ['<template></template>'], segments: [], broken: null },
    truncated: {
      lines: ["import a from 'a';", 'class View {', '  <template>'],
      segments: ["javascript ts: import a from 'a';\nclass View {\n  _"],
      broken: '3:3 the template has no end tag',
    },
  },
  html: {
    whole: {
      lines: ['<!doctype html>', '<script type="module">import "a";</script>', '<p>Text</p>'],
      segments: ['javascript js: import "a";'],
      broken: null,
    },
    empty: { lines: ['<!doctype html>', '<p>Text</p>'], segments: [], broken: null },
    // A browser reads every text as a page.
    truncated: {
      lines: ['<script type="module">import "a";', '<p'],
      segments: ['javascript js: import "a";\n<p'],
      broken: null,
    },
  },
  mdx: {
    whole: {
      lines: ["import A from 'a'", '', '# Title', '', '<A />'],
      segments: ["javascript jsx: import A from 'a'"],
      broken: null,
    },
    empty: { lines: ['# Title', '', 'Text'], segments: [], broken: null },
    // Prose may begin like a program.
    truncated: {
      lines: ['export const load = () => {', '', "  return import('a')"],
      segments: ["javascript jsx: export const load = () => {\n\n  return import('a')"],
      broken: null,
    },
  },
  notebook: {
    whole: {
      lines: ['{ "cells": [{ "cell_type": "code", "source": ["import a\\n", "a.b()"] }] }'],
      segments: ['python ipynb: import a\na.b()'],
      broken: null,
    },
    empty: { lines: ['{ "cells": [] }'], segments: [], broken: null },
    truncated: {
      lines: ['{', '  "cells": ['],
      segments: [],
      broken: '2:13 the notebook is not valid JSON',
    },
  },
  svelte: {
    whole: {
      lines: ['<script lang="ts">import a from "a";</script>', '<p>{a}</p>'],
      segments: ['javascript ts: import a from "a";'],
      broken: null,
    },
    empty: { lines: ['<p>Text</p>'], segments: [], broken: null },
    truncated: {
      lines: ['<p>Text</p>', '<script>import a from "a";'],
      segments: ['javascript js: import a from "a";'],
      broken: '2:9 the script has no end tag',
    },
  },
  vue: {
    whole: {
      lines: ['<template><p /></template>', '<script setup lang="ts">import a from "a";</script>'],
      segments: ['javascript ts: import a from "a";'],
      broken: null,
    },
    empty: { lines: ['<template><p /></template>'], segments: [], broken: null },
    truncated: {
      lines: ['<script>import a from "a";'],
      segments: ['javascript js: import a from "a";'],
      broken: '1:9 the script has no end tag',
    },
  },
};
