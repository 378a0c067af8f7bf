import type { Files } from '../model/language.ts';
import { TOOL } from '../model/tool.ts';
import { pathIn, upwards } from '../text/upwards.ts';

/** A package manager: how it is recognised, and the words that make it run what its project has installed. */
export interface PackageManager {
  readonly lockfiles: readonly string[];
  /** Installs a project's packages, in its folder. */
  readonly install: string;
  /** What stands before the name of a package that the developers of a project are to have; null where they write it down. */
  readonly add: string | null;
  /** What stands before the name of a package that a project is to need no more, in its folder. */
  readonly uninstall: string;
  /** What stands before a command in the project's folder. */
  readonly here: string;
  /** What stands before a command in any other folder. @param folder From there to the project's. */
  readonly elsewhere: (folder: string) => string;
  /** The same for the installation. */
  readonly installElsewhere: (folder: string) => string;
  /** Does `here` find what a folder above has installed? */
  readonly climbs: boolean;
  /** Puts this tool on a person's PATH, outside of every project. */
  readonly outside: string;
}

const outside = `npm install --global ${TOOL}`;

/**
 * https://docs.npmjs.com/cli/commands/npm-exec. `--no` keeps npm from fetching a package of that name where none is
 * installed. `--` keeps it from reading the flags of the command; without it, npx takes the word behind `--no` for its
 * value.
 */
export const npm: PackageManager = {
  lockfiles: ['package-lock.json', 'npm-shrinkwrap.json'],
  install: 'npm install',
  add: 'npm install --save-dev',
  uninstall: 'npm uninstall',
  here: 'npx --no --',
  elsewhere: (folder) => `npm --prefix ${folder} exec --no --`,
  installElsewhere: (folder) => `npm --prefix ${folder} install`,
  climbs: true,
  outside,
};

/** The alternatives to npm, first one first. */
const alternatives: readonly PackageManager[] = [
  {
    // https://pnpm.io/pnpm-cli#options
    lockfiles: ['pnpm-lock.yaml'],
    install: 'pnpm install',
    add: 'pnpm add --save-dev',
    uninstall: 'pnpm remove',
    here: 'pnpm exec',
    elsewhere: (folder) => `pnpm --dir ${folder} exec`,
    installElsewhere: (folder) => `pnpm --dir ${folder} install`,
    climbs: false,
    outside,
  },
  {
    // https://yarnpkg.com/cli/run: --cwd comes first
    lockfiles: ['yarn.lock'],
    install: 'yarn install',
    add: 'yarn add --dev',
    uninstall: 'yarn remove',
    here: 'yarn',
    elsewhere: (folder) => `yarn --cwd ${folder}`,
    installElsewhere: (folder) => `yarn --cwd ${folder} install`,
    climbs: false,
    outside,
  },
  {
    // https://bun.sh/docs/cli/bunx, https://bun.sh/docs/cli/run
    lockfiles: ['bun.lock', 'bun.lockb'],
    install: 'bun install',
    add: 'bun add --dev',
    uninstall: 'bun remove',
    here: 'bunx --no-install',
    elsewhere: (folder) => `bun run --cwd ${folder}`,
    installElsewhere: (folder) => `bun install --cwd ${folder}`,
    climbs: false,
    outside,
  },
];

const packageManagers: readonly PackageManager[] = [...alternatives, npm];

/** Of every package manager. */
export const lockfileNames: readonly string[] = packageManagers.flatMap(({ lockfiles }) => lockfiles);

/** @returns The package manager of a folder: that of the nearest lockfile, its own or above; npm where there is none. */
export async function packageManagerOf(
  files: Pick<Files, 'existing'>,
  folder: string,
): Promise<PackageManager> {
  const folders = upwards(folder);
  const present = await files.existing(
    folders.flatMap((candidateFolder) => lockfileNames.map((name) => pathIn(candidateFolder, name))),
  );
  for (const candidateFolder of folders) {
    const match = packageManagers.find((manager) =>
      manager.lockfiles.some((name) => present.has(pathIn(candidateFolder, name))),
    );
    if (match) return match;
  }
  return npm;
}
