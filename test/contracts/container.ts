import { isDeepStrictEqual } from 'node:util';
import { containers } from '../../src/containers/index.ts';
import { languages } from '../../src/languages/index.ts';
import type { Container, ContainerFormat } from '../../src/model/language.ts';
import { LineIndex } from '../../src/text/lines.ts';
import { containerFiles, type ContainerFile, type ContainerFiles } from './container-files.ts';
import { hookFile, hooksCover } from './repository.ts';
import { repeated, unmet, type Requirement } from './requirement.ts';

const table = 'test/contracts/container-files.ts';

/** @returns What a container lacks, a sentence each, which says where to write it. */
export async function problemsOf(
  format: ContainerFormat,
  files: Readonly<Partial<Record<string, ContainerFiles>>> = containerFiles,
): Promise<readonly string[]> {
  const container = await format.container();
  const rows = files[container.id];
  return [
    ...unmet(await extensions(format, container)),
    ...unmet(await emptyText(container)),
    ...(rows === undefined
      ? [`it has no row in ${table}: write a whole file, one without programs, and one that is truncated`]
      : unmet([...shapes(rows), ...(await readings(container, rows))])),
  ];
}

async function extensions(
  { extensions: own }: ContainerFormat,
  { id }: Container,
): Promise<readonly Requirement[]> {
  const loaded = await Promise.all(
    containers.map(async (other) => ({ id: (await other.container()).id, extensions: other.extensions })),
  );
  const taken = new Set([
    ...languages.flatMap(({ extensions: others }) => others),
    ...loaded.filter((other) => other.id !== id).flatMap(({ extensions: others }) => others),
    ...repeated(own),
  ]);
  return [
    [loaded.filter((other) => other.id === id).length < 2, 'another container has its id'],
    [own.length > 0, 'it has no extension: write one into src/containers/index.ts'],
    ...own.flatMap((extension): Requirement[] => [
      [/^[^.A-Z]+$/.test(extension), `its extension ${extension} has a dot or is not in lower case`],
      [
        !taken.has(extension),
        `its extension ${extension} belongs to a language or another container, or stands twice`,
      ],
      [
        hooksCover(extension),
        `the pattern of ${hookFile} does not match its extension ${extension}: run \`npm run docs\``,
      ],
    ]),
  ];
}

/** A file that was just made has no program and no fault. */
async function emptyText(container: Container): Promise<readonly Requirement[]> {
  const nothing = isDeepStrictEqual(await container.contents(''), { segments: [], broken: null });
  return [[nothing, 'it finds segments or a fault in an empty text']];
}

/** The rows show what their names say. */
function shapes({ whole, empty, truncated }: ContainerFiles): readonly Requirement[] {
  return [
    [
      whole.segments.length > 0 && whole.broken === null,
      `its whole file in ${table} holds no program, or has a fault`,
    ],
    [
      empty.lines.length > 0 && empty.segments.length === 0 && empty.broken === null,
      `its empty file in ${table} has no lines, holds a program, or has a fault`,
    ],
    [
      truncated.broken !== null || truncated.segments.length > 0,
      `its truncated file in ${table} has no fault, and nothing is read all the same`,
    ],
  ];
}

async function readings(container: Container, rows: ContainerFiles): Promise<readonly Requirement[]> {
  const requirements: Requirement[] = [];
  for (const [name, row] of Object.entries<ContainerFile>({ ...rows }))
    for (const requirement of await reading(container, name, row)) requirements.push(requirement);
  return requirements;
}

async function reading(
  container: Container,
  name: string,
  row: ContainerFile,
): Promise<readonly Requirement[]> {
  const { segments, broken, languageIds } = await described(container, row.lines.join('\n'));
  const strange = languageIds.filter((language) => !languages.some(({ id }) => id === language));
  return [
    [
      isDeepStrictEqual(segments, row.segments),
      `its ${name} file in ${table} holds ${JSON.stringify(segments)}, not ${JSON.stringify(row.segments)}`,
    ],
    [
      broken === row.broken,
      `its ${name} file in ${table} has the fault ${broken ?? 'none'}, not ${row.broken ?? 'none'}`,
    ],
    [
      strange.length === 0,
      `its ${name} file in ${table} holds languages that are not in src/languages/index.ts: ${strange.join(', ')}`,
    ],
  ];
}

async function described(
  container: Container,
  text: string,
): Promise<Pick<ContainerFile, 'segments' | 'broken'> & { readonly languageIds: readonly string[] }> {
  const { segments, broken } = await container.contents(text);
  const { line, column } = new LineIndex(text).locate(broken?.offset ?? 0);
  return {
    segments: segments.map((segment) => `${segment.language} ${segment.dialect}: ${segment.text.trim()}`),
    broken: broken === null ? null : `${line}:${column} ${broken.message}`,
    languageIds: segments.map(({ language }) => language),
  };
}
