import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { configPlaces, namedSource } from '../../src/config/find.ts';
import { readConfig } from '../../src/config/read.ts';
import { containers } from '../../src/containers/index.ts';
import { languages } from '../../src/languages/index.ts';
import { ecosystems } from '../../src/ecosystems/index.ts';
import { manifestFormats } from '../../src/ecosystems/manifest-formats.ts';
import type { Container } from '../../src/model/language.ts';
import type { LockfileFormat } from '../../src/model/lockfile.ts';
import type { ManifestFormat } from '../../src/model/manifest.ts';
import type { Entry } from '../../src/model/status.ts';
import { edit, newFileText } from '../../src/whitelist/edit.ts';
import { readLines } from '../../src/whitelist/line-reader.ts';
import { pathLiteral } from '../../src/text/repository-path.ts';
import { withoutMark } from '../../src/whitelist/read.ts';
import { readWhitelistYaml } from '../../src/whitelist/yaml-reader.ts';
import { writeEntry } from '../../src/whitelist/write.ts';
import { rules } from '../../rules/index.ts';
import { readProgram } from './language-readers.ts';
import { promise, promiseSpan, textsBelow, type Reader } from './reader.ts';

const lockfileFormats = (
  await Promise.all(ecosystems.map(async ({ lockfiles }) => (await lockfiles?.()) ?? []))
).flat();
const loadedContainers = await Promise.all(containers.map((format) => format.container()));

/** Readers of what stands in a repository besides programs: manifests, lockfiles, containers, config and whitelist. */
export function textReaders(fixtures: string): readonly Reader[] {
  return [
    ...manifestFormats.map((format) => manifestReader(format, path.join(fixtures, 'manifests', format.id))),
    ...lockfileFormats.map((format) => lockfileReader(format, path.join(fixtures, 'lockfiles', format.id))),
    ...loadedContainers.map(containerReader),
    ...configPlaces.map((place) => configReader(place, path.join(fixtures, 'config'))),
    whitelistReader(path.join(fixtures, 'whitelist')),
  ];
}

function manifestReader(format: ManifestFormat, folder: string): Reader {
  const [name = ''] = format.fileNames;
  return {
    id: `manifest ${format.id}`,
    seeds: textsBelow(folder, (file) => file !== 'expected.txt' && file !== 'claims.txt'),
    read: async (text) => {
      const { dependencies, registries, broken } = await format.read(name, text);
      for (const { span } of [...dependencies, ...registries]) promiseSpan(text, span);
      for (const { offset } of broken) promiseSpan(text, { start: offset, end: text.length });
    },
  };
}

function lockfileReader(format: LockfileFormat, folder: string): Reader {
  return {
    id: `lockfile ${format.id}`,
    seeds: textsBelow(folder, (file) => file !== 'expected.txt' && file !== 'claims.txt'),
    read: (text) => {
      const packages = format.read(text);
      for (const name of packages?.names ?? [])
        promiseSpan(text, { start: packages?.offsetOf(name) ?? -1, end: text.length });
    },
  };
}

const component =
  '<template><p>{{ a }}</p></template>\n<script setup lang="ts">\nimport a from "a";\n</script>\n';
const page =
  '<script type="module">import a from "a"</script>\n<script>import("b")</script>\n<style>p{}</style>\n';

const containerSeeds: ReadonlyMap<string, readonly string[]> = new Map([
  ['astro', ['---\nimport a from "a";\nconst b = `---`;\n---\n<p>{a}</p><script>import "b"</script>\n']],
  ['gjs', ['import a from "a";\n<template>{{a}}</template>\n']],
  ['gts', ['class A {\n  <template>`{{"<"}}</template>\n}\nconst b: B = <template></template>;\n']],
  ['html', [page, '<!-- <script> --><textarea><script></textarea><script type="text/babel">1</script>']],
  [
    'mdx',
    ['import A from "a"\nexport const b = {\n\n}\n\n# T\n\n```js\nimport "c"\n```\n\n<A b={`\n`} />\n'],
  ],
  ['notebook', [notebook('import a\n'), notebook(['%pip install b\n', '!c\n'])]],
  ['svelte', [component, '<script module>import "b"</script>{#if a}<p on:x={() => import("c")} />{/if}']],
  ['vue', [component, '<script src="a"/><docs><script></docs><template lang="pug">p</template>']],
]);

function notebook(source: string | readonly string[]): string {
  const cell = { cell_type: 'code', source, metadata: { vscode: { languageId: 'python' } }, outputs: [] };
  return JSON.stringify({ cells: [cell], metadata: { kernelspec: { name: 'python3' } }, nbformat: 4 });
}

/** What puts a name and blanks in the place of templates. Every other container takes segments out as they are. */
const REPLACING: ReadonlySet<string> = new Set(['gjs', 'gts']);

function standsIn(text: string, segment: string, start: number, isReplaced: boolean): boolean {
  if (!isReplaced) return text.startsWith(segment, start);
  return [...segment.split('').entries()].every(
    ([at, char]) => char === text[start + at] || char === ' ' || char === '_',
  );
}

function containerReader(container: Container): Reader {
  return {
    id: `container ${container.id}`,
    seeds: containerSeeds.get(container.id) ?? [],
    measured: (text) => container.contents(text),
    read: async (text) => {
      const { segments, broken } = await container.contents(text);
      if (broken !== null) promiseSpan(text, { start: broken.offset, end: text.length });
      for (const segment of segments) {
        const language = languages.find(({ id }) => id === segment.language);
        promise(language !== undefined, 'a segment has a language that there is');
        if (language) await readProgram(language, segment);
        if (segment.at.kind === 'offset')
          promise(
            standsIn(text, segment.text, segment.at.start, REPLACING.has(container.id)),
            'a segment stands verbatim in the file',
          );
      }
    },
  };
}

function configReader(place: string, folder: string): Reader {
  const source = namedSource(pathLiteral(place));
  const seeds = textsBelow(folder, (name) => name === place);
  const others = textsBelow(
    folder,
    (name) => namedSource(pathLiteral(name)).format === source.format && name !== 'expected.txt',
  );
  return {
    id: `config ${place}`,
    seeds: [...seeds, ...others],
    read: async (text) => {
      const read = await readConfig(source, text, rules);
      promise(read.kind === 'config' || read.faults.length > 0, 'a config that is refused has a fault');
    },
  };
}

/** What our commands write, and what people and merges make of it. */
const whitelistSeeds = [
  `${newFileText()}  npm:@acme/*: { approved: ours, by: Ada L <ada@example.org>, date: 2026-11-23 }
  npm:request: { denied: "no: unmaintained", use: npm:undici, date: 2026-11-23 } # why
  pypi:boto3: { baseline: 2026-11-23, imports: [boto3, a.b] }
  pypi:numpy: { approved: arrays, source: ./x, despite: young, unverified: true, expires: 2027-11-23, asked: Grace }
  # for the report
  pypi:pandas-toolbelt: { requested: for the report }
`,
  `\ufeffcovers: [npm]\r\ncovers:\r\n- pypi\r\nextends: a.yaml\r\npackages: # all\r\n  npm:a:\r\n    approved: >-\r\n      x\r\n      y\r\n    # end\r\npackages:\r\n  npm:a: { denied: it's }\r\n`,
  'approved:\n  npm:\n    lodash: { reason: texts }\ndenied: {}\n',
  "packages: {\n  npm:a: { approved: \"a\\u0041\" }, ? npm:b : { denied: 'it''s' },\n}\n",
];

function whitelistReader(folder: string): Reader {
  const added = { ecosystem: 'npm', name: 'added', content: { kind: 'approved', reason: 'x' } } as const;
  const isOther = ({ ecosystem, name }: Entry) => ecosystem !== added.ecosystem || name !== added.name;
  return {
    id: 'whitelist',
    seeds: [...whitelistSeeds, ...textsBelow(folder, (name) => name.endsWith('.yaml'))],
    read: async (text) => {
      const bare = withoutMark(text);
      const [lines, yaml] = [readLines('a.yaml', bare), await readWhitelistYaml('a.yaml', bare)];
      for (const { next } of yaml.faults) promise(next !== '', 'a fault says what to do');
      if (lines !== undefined) {
        promise(yaml.faults.length === 0, 'what the line reader takes, the YAML reader takes');
        promise(yaml.warnings.length === 0, 'what the line reader takes is written as we write it');
        for (const key of ['entries', 'covers', 'extends'] as const)
          promise(isDeepStrictEqual(lines[key], yaml[key]), `both readers see the same ${key}`);
      }
      const edited = await edit('a.yaml', text, [added]);
      if (edited.kind === 'refused') {
        promise(edited.fault.next !== '', 'a refusal says what to do');
        return;
      }
      promise(yaml.faults.length === 0, 'what has a fault is not edited');
      const after = await readWhitelistYaml('a.yaml', withoutMark(edited.text));
      const [kept, old] = [after.entries.filter(isOther), yaml.entries.filter(isOther)];
      promise(after.faults.length === 0, 'an edited file has no fault');
      promise(after.entries.length === kept.length + 1, 'an edit leaves one line of its package');
      promise(
        isDeepStrictEqual(kept.map(meaning).toSorted(), old.map(meaning).toSorted()),
        'an edit loses nothing, and changes nothing else',
      );
    },
  };
}

function meaning(entry: Entry): string {
  return writeEntry(entry, entry);
}
