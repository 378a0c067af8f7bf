import {
  joined,
  optionTable,
  type OptionMeaning,
  type Options,
  type ToolAction,
} from '../../shared/tool-calls.ts';

/** What an action of these tools does with its packages. */
export interface NodeAction extends ToolAction {
  /** The program is a template: `create x` runs the package `create-x`. */
  readonly isTemplate?: true;
  /** The program is looked for in the project first. */
  readonly isLocalFirst?: true;
  /** A person is asked before it is fetched, unless `--yes` says so. */
  readonly isAsked?: true;
}

/** A program that installs packages of npm. */
export interface NodeTool {
  readonly names: RegExp;
  /** What it is itself a package of, and brings anyway. */
  readonly ownPackages: readonly string[];
  readonly options: Options;
  readonly actions: readonly NodeAction[];
  /** Packages are named with their protocol: `npm:chalk`. */
  readonly namesProtocol?: true;
}

/**
 * Settings of npm that take a value: those of https://docs.npmjs.com/cli/v11/using-npm/config whose type is not Boolean, by
 * `@npmcli/config` of npm 11.19.1 (read on 2026-11-30), but for `package` and `call`, which mean something for some actions.
 */
const NPM = optionTable({
  index: '--registry --reg',
  value:
    '--_auth --access --allow-directory --allow-file --allow-git --allow-remote --allow-scripts --also ' +
    '--audit-level --auth-type --before --browser --ca --cache --cache-max --cache-min --cafile --cert ' +
    '--cidr --cpu --depth --diff --diff-dst-prefix --diff-src-prefix --diff-unified --editor --enjoy-by ' +
    '--expect-result-count --expires --fetch-retries --fetch-retry-factor --fetch-retry-maxtimeout ' +
    '--fetch-retry-mintimeout --fetch-timeout --git --globalconfig --heading --https-proxy --include ' +
    '--init-author-email --init-author-name --init-author-url --init-license --init-module --init-type ' +
    '--init-version --init.author.email --init.author.name --init.author.url --init.license --init.module ' +
    '--init.version --install-strategy --key --libc --local-address --location --lockfile-version --loglevel ' +
    '--logs-dir --logs-max --maxsockets --message --min-release-age --min-release-age-exclude --name ' +
    '--node-gyp --node-options --noproxy --omit --only --orgs --orgs-permission --os --otp ' +
    '--pack-destination --packages --packages-and-scopes-permission --password --prefix --preid ' +
    '--provenance-file --proxy --replace-registry-host --save-prefix --sbom-format --sbom-type --scope ' +
    '--scopes --script-shell --searchexclude --searchlimit --searchopts --searchstaleness --shell --tag ' +
    '--tag-version-prefix --token-description --umask --user-agent --userconfig --viewer --which --workspace ' +
    '-C -L -m -w',
});

const PACKAGE_OPTION: ReadonlyMap<string, OptionMeaning | null> = new Map<string, OptionMeaning | null>([
  ['-p', 'package'],
  ['--package', 'package'],
  ['-c', 'text'],
  ['--call', 'text'],
  ['-C', null],
]);
/** https://pnpm.io/pnpm-cli (pnpm 10, read on 2026-11-30). */
const PNPM = joined(
  // Here it is a switch: the root of the workspace.
  new Map([...NPM].filter(([name]) => name !== '-w')),
  optionTable({
    package: '--package',
    value:
      '--dir -F --filter --filter-prod --reporter --store-dir --virtual-store-dir --lockfile-dir --modules-dir ' +
      '--global-dir --allow-build --save-catalog-name --network-concurrency --child-concurrency --hoist-pattern',
  }),
);

/** https://classic.yarnpkg.com/en/docs/cli/, https://yarnpkg.com/cli (read on 2026-11-30). */
const YARN = optionTable({
  index: '--registry',
  value:
    '--cwd --modules-folder --cache-folder --preferred-cache-folder --global-folder --link-folder --mutex --mode ' +
    '--network-timeout --network-concurrency --use-yarnrc --prefix -j --jobs --include --exclude --from --since --tag --otp',
});

/** https://bun.com/docs/cli/add, https://bun.com/docs/cli/bunx (read on 2026-11-30). */
const BUN = optionTable({
  index: '--registry',
  value:
    '-c --config --cwd --cache-dir --backend --filter -F --omit --lockfile --concurrent-scripts --ca --cafile',
});

/** https://docs.deno.com/runtime/reference/cli/ (read on 2026-11-30). */
const DENO = optionTable({
  value:
    '-c --config --import-map --lock --cert --location --seed --ext -n --name --root -L --log-level --env-file',
});

/** https://docs.npmjs.com/cli/v11/commands/npm-install#synopsis, and what npm takes for it (its lib/utils/cmd-list.js). */
const NPM_INSTALL =
  'install i in ins inst insta instal isnt isnta isntal isntall add install-test it link ln'.split(' ');

const takesPackages = (words: string): NodeAction => ({ words: words.split(' '), takes: 'packages' });
const takesTemplate = (words: string): NodeAction => ({
  words: words.split(' '),
  takes: 'program',
  isTemplate: true,
});
const startsCommand = (words: string): NodeAction => ({ words: words.split(' '), takes: 'command' });
const setsRegistry = (words: string): NodeAction => ({ words: words.split(' '), takes: 'settings' });

export const nodeTools: readonly NodeTool[] = [
  {
    names: /^npm$/,
    ownPackages: ['npm'],
    options: NPM,
    actions: [
      ...NPM_INSTALL.map(takesPackages),
      ...['create', 'init', 'innit'].map(takesTemplate),
      ...['exec', 'x'].map((word): NodeAction => ({
        words: [word],
        takes: 'program',
        isLocalFirst: true,
        isAsked: true,
        options: PACKAGE_OPTION,
        readsOn: true,
      })),
      ...['config set', 'c set', 'set'].map(setsRegistry),
    ],
  },
  {
    names: /^npx$/,
    ownPackages: ['npm'],
    options: NPM,
    actions: [{ words: [], takes: 'program', isLocalFirst: true, isAsked: true, options: PACKAGE_OPTION }],
  },
  {
    names: /^pnpm$/,
    ownPackages: ['pnpm'],
    options: PNPM,
    actions: [
      ...['add', 'install', 'i', 'install-test', 'it'].map(takesPackages),
      takesTemplate('create'),
      { words: ['dlx'], takes: 'program' },
      startsCommand('exec'),
      ...['config set', 'c set', 'set'].map(setsRegistry),
    ],
  },
  { names: /^pn(?:px|x)$/, ownPackages: ['pnpm'], options: PNPM, actions: [{ words: [], takes: 'program' }] },
  {
    names: /^yarn(?:pkg)?$/,
    ownPackages: ['yarn'],
    options: YARN,
    actions: [
      ...['add', 'global add', 'workspace * add', 'workspaces foreach add'].map(takesPackages),
      takesTemplate('create'),
      { words: ['dlx'], takes: 'program', options: PACKAGE_OPTION },
      ...['exec', 'workspace * exec', 'workspaces foreach exec'].map(startsCommand),
      ...['config set', 'workspace * config set'].map(setsRegistry),
    ],
  },
  {
    names: /^bun$/,
    ownPackages: ['bun'],
    options: BUN,
    actions: [
      ...['add', 'a', 'install', 'i'].map(takesPackages),
      takesTemplate('create'),
      { words: ['x'], takes: 'program', isLocalFirst: true, options: PACKAGE_OPTION },
    ],
  },
  {
    names: /^bunx$/,
    ownPackages: ['bun'],
    options: BUN,
    actions: [{ words: [], takes: 'program', isLocalFirst: true, options: PACKAGE_OPTION }],
  },
  {
    names: /^deno$/,
    ownPackages: ['deno'],
    options: DENO,
    namesProtocol: true,
    actions: [
      ...['add', 'install', 'i'].map(takesPackages),
      ...['run', 'x', 'serve', 'create'].map((word): NodeAction => ({ words: [word], takes: 'program' })),
    ],
  },
];
