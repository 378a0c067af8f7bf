import type { UnreadableConfig } from '../../../model/language.ts';
import { bundlerSettings, bundlerSource } from './bundlers.ts';
import { denoSource } from './deno.ts';
import { dependencySource } from './dependencies.ts';
import type { Folders } from './folders.ts';
import type { ProjectHosts } from './hosts.ts';
import { importsFieldSource } from './imports-field.ts';
import type { MappingSource } from './lead.ts';
import { memo } from './memo.ts';
import { ownNameSource } from './own-name.ts';
import type { Reader } from './reader.ts';
import { tsconfigSource, type TypeScriptSettings } from './tsconfig.ts';
import { workspaceSource } from './workspaces.ts';

/** One kind of configuration, and what `explain` calls it. */
export interface TitledSource {
  readonly title: string;
  readonly source: MappingSource;
}

/** What is asked in turn, and the files of it that nobody can read. */
export interface LeadSources {
  readonly titled: readonly TitledSource[];
  /** What only a list of all files finds, for what nothing else settles. */
  readonly further: TitledSource;
  readonly broken: (file: string) => Promise<readonly UnreadableConfig[]>;
  readonly keepsImports: TypeScriptSettings['keepsImports'];
}

/**
 * Everything in a project that maps specifiers, in the order in which it is asked: what the runtime obeys,
 * what the compiler and the bundler map, what the installer links. Listing all files comes last.
 */
export function mappingSources(reader: Reader, folders: Folders, hosts: ProjectHosts): LeadSources {
  const deno = denoSource(reader, folders);
  const typescript = tsconfigSource(reader, folders);
  const bundlers = bundlerSettings(reader, folders);
  const dependencies = dependencySource(folders);
  const workspaces = workspaceSource(reader, folders);
  const titled = [
    { title: 'imports of package.json', source: importsFieldSource(folders) },
    { title: 'import map of Deno', source: deno.leads },
    { title: 'paths and baseUrl of TypeScript', source: typescript.leads },
    { title: 'aliases of bundlers and test runners', source: bundlerSource(reader, folders, bundlers) },
    { title: 'aliases by convention', source: hosts.aliases },
    { title: 'the package’s own name', source: ownNameSource(folders) },
    { title: 'aliases and paths among the dependencies of package.json', source: dependencies },
    { title: 'workspaces', source: workspaces },
  ];
  const broken = async (file: string) => {
    const manifests = (await folders.packages(file)).filter(({ isBroken }) => isBroken);
    const relaxed = [...(await deno.broken(file)), ...(await typescript.broken(file))];
    if (manifests.length + relaxed.length === 0) return [];
    const { unreadAt } = await import('./unread.ts');
    const all = [
      ...manifests.map((manifest) => unreadAt(manifest, 'json')),
      ...relaxed.map((config) => unreadAt(config, 'jsonc')),
    ];
    return [...new Map(all.map((unread) => [unread.file, unread])).values()];
  };
  const packages = [dependencies, workspaces];
  const furtherSource = memo(async () => {
    const { furtherSettings } = await import('./further-settings.ts');
    return furtherSettings(reader, folders, { bundlers, packages });
  });
  const further: MappingSource = async (ask) => (await furtherSource(''))(ask);
  return {
    titled,
    further: { title: 'settings under other names', source: further },
    broken,
    keepsImports: typescript.keepsImports,
  };
}
