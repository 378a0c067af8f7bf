import {
  entriesAt,
  scalarText,
  select,
  textsAt,
  type Node,
  type TextNode,
} from '../../documents/document.ts';
import { readJson } from '../../documents/json.ts';
import { readNpmIni } from '../../documents/npm-ini.ts';
import { readYaml } from '../../documents/yaml.ts';
import type { InstallPermission } from '../../model/install-permission.ts';

/** Reads what package.json and the settings of npm, pnpm, Yarn and Bun say of what packages may do. */
export async function readInstallPermissions(
  path: string,
  text: string,
): Promise<readonly InstallPermission[]> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === '.npmrc') return npmSettings(text);
  const { root } = name === 'package.json' ? await readJson(text, 'strict') : await readYaml(text);
  const settings = settingsOf.get(name) ?? [];
  return settings.flatMap(([keys, meaning]) => permissionsAt(root, keys.split(' '), meaning));
}

/**
 * What a setting says: `list`: the packages whose scripts run. `map`: the same, with the value `true` or versions. `built`: a
 * map whose values say in `built` whether they run. `never`: a list of packages whose scripts never run. `all`, `none`: where it is true,
 * the scripts of every package run, or of none; where it is false, the other way round.
 */
type Meaning = 'list' | 'map' | 'built' | 'never' | 'all' | 'none';

type Setting = readonly [keys: string, meaning: Meaning];

// https://pnpm.io/settings#build-settings, in package.json up to pnpm 10 (https://pnpm.io/10.x/settings).
const pnpmSettings: readonly Setting[] = [
  ['allowBuilds', 'map'],
  ['onlyBuiltDependencies', 'list'],
  ['neverBuiltDependencies', 'never'],
  ['dangerouslyAllowAllBuilds', 'all'],
];

/** The settings of each file, read in November 2026. */
const settingsOf: ReadonlyMap<string, readonly Setting[]> = new Map<string, readonly Setting[]>([
  [
    'package.json',
    [
      // https://docs.npmjs.com/cli/v12/commands/npm-approve-scripts, https://github.com/dominykas/allow-scripts
      ['allowScripts', 'map'],
      // https://github.com/LavaMoat/LavaMoat/tree/main/packages/allow-scripts
      ['lavamoat allowScripts', 'map'],
      // https://bun.com/docs/pm/lifecycle
      ['trustedDependencies', 'list'],
      // https://yarnpkg.com/configuration/manifest#dependenciesMeta
      ['dependenciesMeta', 'built'],
      ...pnpmSettings.map(([key, meaning]): Setting => [`pnpm ${key}`, meaning]),
    ],
  ],
  ['pnpm-workspace.yaml', [...pnpmSettings, ['ignoreScripts', 'none']]],
  // https://yarnpkg.com/configuration/yarnrc#enableScripts
  ['.yarnrc.yml', [['enableScripts', 'all']]],
]);

const EVERY = 'install scripts of every package';

function permissionsAt(
  root: Node | undefined,
  path: readonly string[],
  meaning: Meaning,
): readonly InstallPermission[] {
  switch (meaning) {
    case 'list':
      return textsAt(root, ...path).map(scriptsOf);
    case 'never':
      return textsAt(root, ...path).map((name) => ({ ...scriptsOf(name), kind: 'forbids' }));
    case 'map':
      return entriesAt(root, ...path).flatMap(({ key, value }) => (isAllowed(value) ? [scriptsOf(key)] : []));
    case 'built':
      return entriesAt(root, ...path).flatMap(({ key, value }) =>
        select(value, 'built').map((built): InstallPermission => {
          return { ...scriptsOf(key), kind: isAllowed(built) ? 'allows' : 'forbids' };
        }),
      );
    case 'all':
    case 'none':
      return select(root, ...path).flatMap((node) => everyScript(scalarText(node), meaning, node.at));
  }
}

/** `true`, or the versions for which it is so; `warn` of pnpm is a question. */
function isAllowed(value: Node): boolean {
  return /^(?:true$|[*\dv^~<>=])/.test(scalarText(value) ?? '');
}

/** A key may have a version (`sharp@1.2.3`), which a name without one covers. */
function scriptsOf({ value, at }: TextNode): InstallPermission {
  const [name = value] = /^(?:.*>)?@?[^@]*/.exec(value) ?? [];
  const within = [EVERY, ...(name === value ? [] : [`install scripts of ${name}`])];
  return { subject: `install scripts of ${value}`, kind: 'allows', within, at };
}

function everyScript(
  value: string | undefined,
  meaning: 'all' | 'none',
  at: number,
): readonly InstallPermission[] {
  if (value !== 'true' && value !== 'false') return [];
  const isAllowing = (value === 'true') === (meaning === 'all');
  return [{ subject: EVERY, kind: isAllowing ? 'allows' : 'forbids', within: [], at }];
}

/** Settings of npm and pnpm in lines (https://docs.npmjs.com/cli/v12/using-npm/config#ignore-scripts, `#allow-git`). */
function npmSettings(text: string): readonly InstallPermission[] {
  return readNpmIni(text).flatMap(({ section, key, value }): readonly InstallPermission[] => {
    if (section !== null) return [];
    const word = value?.value ?? 'true';
    if (key.value === 'ignore-scripts') return everyScript(word, 'none', key.at);
    if (ALL_SCRIPTS.test(key.value)) return everyScript(word, 'all', key.at);
    const source = sources.get(key.value);
    return source === undefined ? [] : packagesFrom(source, word, key.at);
  });
}

const ALL_SCRIPTS = /^dangerously-allow-all-(?:scripts|builds)$/;

/** What packages are taken from besides the registry, by the settings that limit it (https://docs.npmjs.com/cli/v12/using-npm/config#allow-git). */
const sources: ReadonlyMap<string, string> = new Map([
  ['allow-git', 'git repository'],
  ['allow-remote', 'address'],
  ['allow-file', 'tarball'],
  ['allow-directory', 'folder'],
]);

/** @param value `none`, what the project itself names (`root`), or `all`. */
function packagesFrom(source: string, value: string, at: number): readonly InstallPermission[] {
  const subject = `packages from every ${source}`;
  const forbidsOthers = { subject, kind: 'forbids', within: [], at } as const;
  if (value === 'all') return [{ ...forbidsOthers, kind: 'allows' }];
  if (value === 'none') return [forbidsOthers];
  const named = `packages from each ${source} that the project names`;
  return value === 'root' ? [{ subject: named, kind: 'allows', within: [subject], at }, forbidsOthers] : [];
}
