import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findEcosystem } from '../../src/ecosystems/index.ts';
import type { DeclaredDependency } from '../../src/declarations/read.ts';
import { rounds } from '../kit/length.ts';
import {
  bumped,
  declaredBy,
  dependencyLines,
  groupsOf,
  isSame,
  ownPackages,
  withAlso,
  withoutLines,
} from './edits.ts';
import { filesOf, isBase, projects, usesOf, WholeProject } from './whole.ts';

const open: WholeProject[] = [];
afterEach(() => {
  for (const { scratch } of open.splice(0)) scratch.dispose();
});

async function opened(name: string): Promise<WholeProject> {
  const project = await WholeProject.open(name);
  open.push(project);
  return project;
}

/** Does a line take its package from a folder of the project, which holds a manifest? */
function isInProject({ dependency, at }: DeclaredDependency, files: ReadonlyMap<string, string>): boolean {
  const { source } = dependency;
  const folders = source.kind === 'foreign' ? (source.folders ?? []) : [];
  return folders.some((folder) =>
    ['package.json', 'pyproject.toml', 'setup.py', 'setup.cfg'].some((manifest) =>
      files.has(path.posix.join(path.posix.dirname(at.file), folder, manifest)),
    ),
  );
}

describe.each(projects)('%s', (name) => {
  test('says who imports what, of packages that it declares', async () => {
    const lines = await dependencyLines(filesOf(name));
    const declared = new Set(lines.map(declaredBy));
    expect([...usesOf(name).keys()].filter((used) => !declared.has(used))).toEqual([]);
  });

  test('is quiet: all of it as one commit on its manifests, and as a whole', async () => {
    const project = await opened(name);
    expect(await project.check('--staged')).toEqual([]);
    expect(await project.check('--all')).toEqual([]);
    await project.stage(new Map());
    expect(await project.check('--all')).toEqual([]);
  });

  test('with some lines of its manifests new, they and the imports of their packages are flagged, and nothing else', async () => {
    const project = await opened(name);
    const lines = await dependencyLines(project.files);
    const groups = groupsOf(lines, rounds(48, 1));
    const bases = await project.bases(groups.map((group) => withoutLines(project.files, group)));
    const uses = usesOf(name);
    const own = await ownPackages(project.files);
    const isNew = (line: DeclaredDependency) =>
      !(line.dependency.source.kind === 'registry' && own.includes(declaredBy(line))) &&
      line.dependency.source.kind !== 'workspace' &&
      !isInProject(line, project.files) &&
      !lines.some((other) => other !== line && isSame(other, line));
    for (const [at, group] of groups.entries()) {
      const expected = group
        .filter(isNew)
        .flatMap((line) => [`${line.at.file} ${declaredBy(line)}`, ...(uses.get(declaredBy(line)) ?? [])]);
      project.rebase(bases[at] ?? '');
      const title = group.map(({ at: { file, line } }) => `${file}:${String(line)}`).join(', ');
      expect(await project.flagged(), title).toEqual([...new Set(expected)].toSorted());
    }
  }, 600_000);

  test('is quiet when every version is raised', async () => {
    const project = await opened(name);
    const manifests = [...project.files].filter(([file]) => isBase(file));
    const edits = new Map(manifests.map(([file, text]) => [file, bumped(text)]));
    expect([...edits].filter(([file, text]) => text !== project.files.get(file)).length).toBeGreaterThan(0);
    await project.stage(edits);
    expect(await project.check('--staged')).toEqual([]);
  });

  test('is quiet when a manifest declares what another one declares already', async () => {
    const project = await opened(name);
    const lines = await dependencyLines(project.files);
    const edits = new Map<string, string>();
    for (const [file, text] of project.files) {
      if (!isBase(file)) continue;
      const ecosystem = file.endsWith('.json') ? 'npm' : 'pypi';
      const own = new Set(lines.filter(({ at }) => at.file === file).map(declaredBy));
      const others = lines.filter(
        (line) =>
          line.dependency.ecosystem === ecosystem &&
          line.dependency.source.kind === 'registry' &&
          !own.has(declaredBy(line)),
      );
      const names = [...new Set(others.map(({ dependency }) => dependency.name ?? dependency.specifier))];
      edits.set(file, withAlso(file, text, names));
    }
    await project.stage(edits);
    expect(await project.check('--staged')).toEqual([]);
  });
});

test('there are whole projects of every ecosystem', async () => {
  const lines = (await Promise.all(projects.map((name) => dependencyLines(filesOf(name))))).flat();
  const ecosystems = new Set(lines.map(({ dependency }) => dependency.ecosystem));
  expect([...ecosystems].map((id) => findEcosystem(id)?.title).toSorted()).toEqual(['PyPI', 'npm']);
});
