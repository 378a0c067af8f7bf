import { denoName } from './deno.ts';
import type { Folders } from './folders.ts';
import { isLiteral, plainPattern, shortPatterns, workspaceMatcher } from '../../../text/globs.ts';
import { readJson } from '../../../documents/jsonc.ts';
import { asText, member, textsOf } from '../../../documents/values.ts';
import type { SpecifierMapping, MappingSource } from './lead.ts';
import { memo } from './memo.ts';
import { namesPackage, packagePart } from './names.ts';
import { folderOf, inFolder, joinPath } from '../../../text/paths.ts';
import { readPnpmPackages } from './pnpm-workspace.ts';
import type { Reader } from './reader.ts';

/** A folder whose packages see each other: where its members are, relative to the folder. */
interface Workspace {
  readonly file: string;
  readonly folder: string;
  readonly patterns: readonly string[];
  /** Do the patterns match a folder, relative to the workspace's? */
  readonly has: (folder: string) => boolean;
  /** An ordinary version range leads to a member of the same name. */
  readonly linksRanges: boolean;
  /** Members are named by deno.json as well. */
  readonly isDeno: boolean;
}

interface Member {
  readonly name: string;
  readonly file: string;
}

const configurations = [
  'package.json',
  'pnpm-workspace.yaml',
  'lerna.json',
  'rush.json',
  'deno.json',
  'deno.jsonc',
];

/**
 * Packages of the same repository by their names, from the workspaces of npm, Yarn, pnpm, Bun, Deno, Lerna
 * and Rush above a file. A member is looked for in the folders that its name suggests; only if it isn't
 * there are all members read. https://docs.npmjs.com/cli/using-npm/workspaces,
 * https://pnpm.io/workspaces, https://docs.deno.com/runtime/fundamentals/workspaces/
 */
export function workspaceSource(reader: Reader, folders: Folders): MappingSource {
  const workspaces = memo((file: string) => readWorkspace(file, reader, folders));
  const members = memo(async (file: string) => {
    const workspace = await workspaces(file);
    return workspace ? readMembers(workspace, reader, folders) : new Map<string, string>();
  });
  const suggestedMember = memo(async (key: string) => {
    const [configuration = '', name = ''] = key.split('\n', 2);
    const workspace = await workspaces(configuration);
    return workspace && memberByName(workspace, name, { reader, folders });
  });
  return async ({ file, specifier }) => {
    const name = packagePart(specifier);
    if (!namesPackage(name)) return [];
    const manifests = await folders.packages(file);
    const range = manifests.find(({ dependencies }) => dependencies.has(name))?.dependencies.get(name);
    const isRange = range !== undefined && !range.startsWith('workspace:');
    for (const configuration of await folders.above(file, configurations)) {
      const workspace = await workspaces(configuration);
      if (!workspace) continue;
      const suggested = await suggestedMember(`${configuration}\n${name}`);
      const isElsewhere = isRange && !workspace.linksRanges;
      const memberFile = suggested ?? (isElsewhere ? undefined : (await members(configuration)).get(name));
      if (memberFile !== undefined) return [leadTo(workspace, { name, file: memberFile })];
    }
    return [];
  };
}

function leadTo(workspace: Workspace, { name, file }: Member): SpecifierMapping {
  return {
    file: workspace.file,
    key: `workspace package ${name}`,
    line: () => null,
    targets: [{ kind: 'path', path: file }],
    weight: 'alias',
  };
}

async function readWorkspace(file: string, reader: Reader, folders: Folders): Promise<Workspace | undefined> {
  const patterns = shortPatterns(await patternsOf(file, reader, folders)).map((pattern) => {
    const plain = plainPattern(pattern.replace(/^!/, ''));
    return pattern.startsWith('!') ? `!${plain}` : plain;
  });
  if (patterns.length === 0) return undefined;
  return {
    file,
    folder: folderOf(file),
    patterns,
    has: workspaceMatcher(patterns),
    linksRanges: !file.endsWith('pnpm-workspace.yaml'),
    isDeno: /deno\.jsonc?$/.test(file),
  };
}

async function patternsOf(file: string, reader: Reader, folders: Folders): Promise<readonly string[]> {
  if (file.endsWith('package.json')) return (await folders.package(file))?.workspaces ?? [];
  const source = (await reader.text(file)) ?? '';
  if (file.endsWith('.yaml')) return readPnpmPackages(source);
  const json = readJson(source);
  if (file.endsWith('lerna.json')) return textsOf(member(json, 'packages'));
  if (file.endsWith('rush.json')) {
    const projects = member(json, 'projects');
    return Array.isArray(projects)
      ? projects.flatMap((project) => asText(member(project, 'projectFolder')) ?? [])
      : [];
  }
  const workspace = member(json, 'workspace');
  return [...textsOf(workspace), ...textsOf(member(workspace, 'members'))];
}

/** `@acme/ui` is mostly in `packages/ui`, `packages/acme-ui` or `packages/@acme/ui`. */
async function memberByName(
  workspace: Workspace,
  name: string,
  { reader, folders }: { readonly reader: Reader; readonly folders: Folders },
): Promise<string | undefined> {
  const suggestions = [
    ...new Set([name.slice(name.indexOf('/') + 1), name.replace('@', '').replace('/', '-'), name]),
  ];
  const suggested = workspace.patterns
    .filter((pattern) => !pattern.startsWith('!'))
    .flatMap((pattern) => {
      const parent = /^(.*\/|)\*\*?$/.exec(pattern)?.[1];
      if (parent === undefined) return [];
      return isLiteral(parent) ? suggestions.map((suggestion) => parent + suggestion) : [];
    })
    .filter(workspace.has)
    .flatMap((folder) => joinPath(workspace.folder, folder) ?? []);
  const files = await reader.having(suggested.map((folder) => inFolder(folder, 'package.json')));
  const manifests = await Promise.all(files.map((file) => folders.package(file)));
  return manifests.find((manifest) => manifest?.name === name)?.file;
}

async function readMembers(
  workspace: Workspace,
  reader: Reader,
  folders: Folders,
): Promise<ReadonlyMap<string, string>> {
  const named = await Promise.all(
    (await memberFolders(workspace, reader)).map(async (folder): Promise<Member | undefined> => {
      const file = inFolder(folder, 'package.json');
      const name = (await folders.package(file))?.name;
      if (name !== undefined) return { name, file };
      return workspace.isDeno ? denoName(folder, reader) : undefined;
    }),
  );
  return new Map(named.flatMap((entry) => (entry ? [[entry.name, entry.file] as const] : [])));
}

async function memberFolders(workspace: Workspace, reader: Reader): Promise<readonly string[]> {
  const { folder, patterns, has, isDeno } = workspace;
  if (patterns.every((pattern) => isLiteral(pattern) && !pattern.startsWith('!'))) {
    return patterns.flatMap((pattern) => joinPath(folder, pattern) ?? []);
  }
  const manifest = isDeno ? /(?:^|\/)(?:package\.json|deno\.jsonc?)$/ : /(?:^|\/)package\.json$/;
  const start = folder === '' ? '' : `${folder}/`;
  const inside = (await reader.list())
    .filter((path) => path.startsWith(start) && manifest.test(path))
    .map((path) => folderOf(path).slice(start.length))
    .filter(has);
  return [...new Set(inside)].map((path) => inFolder(folder, path));
}
