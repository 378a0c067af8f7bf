/** How the lines of a file are read: as a shell reads them, or as the texts of a data file. */
export type PlaceFormat = 'script' | 'yaml' | 'json' | 'jsonc';

/** A kind of file in which a line may start this tool by itself, without a person. */
export interface Place {
  readonly format: PlaceFormat;
  /** The paths of such files, relative to the root. */
  readonly path: RegExp;
  /** Keys that say whether what stands in their map, or below, is run, and with what. */
  readonly keys?: RegExp;
  /** The same for keys of the file’s top. */
  readonly topKeys?: RegExp;
  /** Do the keys above a text decide when it is run, or whether it is? */
  readonly countsPlaces?: boolean;
}

const ofWorkflows = { keys: /^(?:if|continue-on-error|with)$/, topKeys: /^on$/ };
const ofPipelines = {
  keys: /^(?:rules|only|except|when|allow_failure|if|condition|continueOnError|soft_fail|branches|filters|enabled)$/,
};
const ofLefthook = { keys: /^(?:skip|only|exclude|glob|files|tags)$/, topKeys: /^skip$/ };

/** Every kind of such files. */
export const places: readonly Place[] = [
  // git's hooks, in whatever folder core.hooksPath names, and the scripts that they call
  {
    format: 'script',
    path: /(?:^|\/)(?:pre-commit|pre-merge-commit|pre-push|prepare-commit-msg|commit-msg)$/,
  },
  { format: 'script', path: /(?:^|\/)\.husky\/[^/]+$|\.sh$/ },
  // hook managers
  { format: 'yaml', path: /^(?:\.config\/)?\.?lefthook(?:-local)?\.ya?ml$/, ...ofLefthook },
  { format: 'json', path: /^\.?lefthook(?:-local)?\.json$/, ...ofLefthook },
  { format: 'script', path: /^\.?lefthook(?:-local)?\.(?:toml|jsonc)$/ },
  {
    format: 'yaml',
    path: /(?:^|\/)\.pre-commit-config\.ya?ml$/,
    keys: /^(?:stages|exclude|exclude_types|files|types|types_or|args|language|entry|additional_dependencies)$/,
    topKeys: /^(?:exclude|files|default_stages)$/,
  },
  { format: 'json', path: /(?:^|\/)(?:package|\.?simple-git-hooks|\.lintstagedrc)\.json$/ },
  { format: 'yaml', path: /(?:^|\/)\.lintstagedrc(?:\.ya?ml)?$/ },
  // build servers
  {
    format: 'yaml',
    path: /^\.(?:github|gitea|forgejo)\/(?:workflows|actions)\/.+\.ya?ml$|(?:^|\/)action\.ya?ml$/,
    ...ofWorkflows,
  },
  {
    format: 'yaml',
    path: /\.gitlab-ci\.ya?ml$|^\.(?:gitlab|circleci|buildkite|woodpecker)\/.+\.ya?ml$/,
    ...ofPipelines,
  },
  {
    format: 'yaml',
    path: /(?:^|\/)(?:azure-pipelines|bitbucket-pipelines|cloudbuild|buildspec)[^/]*\.ya?ml$/,
    ...ofPipelines,
  },
  { format: 'yaml', path: /^\.(?:travis|drone|cirrus|woodpecker|appveyor)\.ya?ml$/, ...ofPipelines },
  // task runners that these may call
  {
    format: 'script',
    path: /(?:^|\/)(?:GNUmakefile|[Mm]akefile|\.?justfile|Jenkinsfile|Dockerfile|tox\.ini)$/,
  },
  { format: 'yaml', path: /(?:^|\/)[Tt]askfile\.ya?ml$/ },
  // hooks of coding assistants
  {
    format: 'jsonc',
    path: /(?:^|\/)\.(?:claude|cursor|gemini|codex|windsurf|cline|opencode|amazonq|kiro)\/(?!.*\bmcp\.json$).+\.json$|^\.github\/hooks\/.+\.json$/,
    keys: /^(?:matcher|disabled|enabled|type|if|once|async|command|exec|args|cwd|timeout|timeoutSec|onFailure|failClosed)$/,
    topKeys: /^(?:disableAllHooks|hooksConfig)$/,
    countsPlaces: true,
  },
  { format: 'jsonc', path: /(?:^|\/)opencode\.jsonc?$/, countsPlaces: true },
  { format: 'script', path: /(?:^|\/)\.codex\/config\.toml$/ },
];

/** The only endings that a file of the table has; most paths of a change have another. */
const endings = new Set(['yml', 'yaml', 'json', 'jsonc', 'toml', 'sh', 'ini']);

/** @returns The kind of a file in which a line may start this tool; undefined for any other. */
export function placeOf(path: string): Place | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  if (dot > 0 && !endings.has(name.slice(dot + 1)) && !path.includes('.husky/')) return undefined;
  return places.find((place) => place.path.test(path));
}

/** Does a text name this tool? Where it does not, nothing in it starts it. */
export function namesTool(text: string): boolean {
  return /(?:check|vetted)-imports/.test(text);
}
