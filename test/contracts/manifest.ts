import { findEcosystem } from '../../src/ecosystems/index.ts';
import { manifestFormats } from '../../src/ecosystems/manifest-formats.ts';
import { lineRemoved, lineReplaced, readManifest } from '../../src/ecosystems/manifest-change.ts';
import type { ManifestContents, ManifestFormat } from '../../src/model/manifest.ts';
import { filesBelow, filesIn, foldersIn, textOf } from './repository.ts';
import { unmet, type Requirement } from './requirement.ts';

/** @returns What a manifest format lacks, a sentence each, which says where to write it. */
export async function problemsOf(format: ManifestFormat): Promise<readonly string[]> {
  return [
    ...unmet(identity(format)),
    ...unmet(fileNames(format)),
    ...unmet(await emptyText(format)),
    ...unmet(await fixtures(format)),
    ...unmet(await editing(format)),
  ];
}

function identity({ id, ecosystem }: ManifestFormat): readonly Requirement[] {
  return [
    [manifestFormats.filter((other) => other.id === id).length < 2, 'another format has its id'],
    [
      findEcosystem(ecosystem) !== undefined,
      `there is no ecosystem ${ecosystem}: write src/ecosystems/${ecosystem} and a line into src/ecosystems/index.ts`,
    ],
  ];
}

/** Its usual names lead to it and to no other format. */
function fileNames(format: ManifestFormat): readonly Requirement[] {
  const others = manifestFormats.filter(({ id }) => id !== format.id);
  return [
    [format.fileNames.length + format.paths.length > 0, 'it has no file name to try in a folder'],
    ...format.paths.map((pattern): Requirement => {
      const path = pattern.replaceAll('*', 'harbour');
      const isMatched = format.matches(path) && format.matches(`web/${path}`);
      return [
        isMatched && pattern.includes('/'),
        `it does not match ${path}, or it needs no folder for that`,
      ];
    }),
    ...format.fileNames.flatMap((name): Requirement[] => {
      const rivals = others.filter((other) => other.matches(name)).map(({ id }) => id);
      return [
        [format.matches(name), `it does not match its own file name ${name}`],
        [format.matches(`web/${name}`), `it does not match web/${name}, its own file name in a folder`],
        [rivals.length === 0, `its file name ${name} is also matched by ${rivals.join(', ')}`],
      ];
    }),
  ];
}

async function emptyText(format: ManifestFormat): Promise<readonly Requirement[]> {
  const contents = await format.read(format.fileNames[0] ?? '', '');
  return [[!says(contents), 'it reads something in an empty text']];
}

/** Formats of settings have no dependencies, and name registries; those of workspaces name folders. */
function says({ dependencies, registries, members }: ManifestContents): boolean {
  return dependencies.length + registries.length + members.length > 0;
}

async function fixtures(format: ManifestFormat): Promise<readonly Requirement[]> {
  const folder = `fixtures/manifests/${format.id}`;
  const readings: ManifestContents[] = [];
  for (const name of foldersIn(folder)) {
    const [file] = filesBelow(`${folder}/${name}`).filter((entry) => entry !== 'expected.txt');
    if (file !== undefined) readings.push(await format.read(file, textOf(`${folder}/${name}/${file}`) ?? ''));
  }
  const unexpected = foldersIn(folder).filter(
    (name) => !filesIn(`${folder}/${name}`).includes('expected.txt'),
  );
  return [
    [
      filesIn(folder).includes('claims.txt'),
      `write ${folder}/claims.txt: a line “+ path” for what it matches, “- path” for what it does not`,
    ],
    [
      readings.some((contents) => says(contents) && contents.broken.length === 0),
      `write a folder into ${folder} with a manifest that declares something, and expected.txt`,
    ],
    [
      readings.some(({ broken }) => broken.length > 0),
      `write a folder into ${folder} with a malformed manifest, and expected.txt`,
    ],
    ...unexpected.map((name): Requirement => [
      false,
      `write ${folder}/${name}/expected.txt: what the manifest says`,
    ]),
  ];
}

/** An editor changes lines of its fixtures; without one, people read what to do. */
async function editing({ editing: way, ...rest }: ManifestFormat): Promise<readonly Requirement[]> {
  const format = { ...rest, editing: way };
  if (way.kind === 'byHand')
    return [
      [/^\w.*[^.]$/.test(way.reason), 'say in byHand how people change its lines, without a full stop'],
    ];
  const folder = `fixtures/manifests/${format.id}`;
  let isChanged = false;
  for (const name of foldersIn(folder)) {
    const [file] = filesBelow(`${folder}/${name}`).filter((entry) => entry !== 'expected.txt');
    if (file === undefined) continue;
    const manifest = await readManifest(file, textOf(`${folder}/${name}/${file}`) ?? '', format);
    const target = { ecosystem: format.ecosystem, name: 'left-padder' };
    for (const line of manifest.contents.dependencies) {
      isChanged ||= (await lineReplaced(manifest, line, target)).kind === 'edits';
      isChanged ||= (await lineRemoved(manifest, line)).kind === 'edits';
    }
  }
  return [[isChanged, `its editor changes no line of ${folder}`]];
}
