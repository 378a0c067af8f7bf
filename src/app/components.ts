import { commandFiles } from '../containers/command-files.ts';
import { containers } from '../containers/index.ts';
import { configPlaces } from '../config/find.ts';
import { languages } from '../languages/index.ts';
import { mayInstall } from '../languages/shared/installs.ts';
import { COMMAND_LANGUAGE, isReadAt, type CommandsSetting } from '../model/commands-setting.ts';
import {
  constraintFormat,
  contentFormats,
  includeFormat,
  listFormat,
  listNaming,
  manifestFormats,
} from '../ecosystems/manifest-formats.ts';
import type { Files } from '../model/language.ts';
import type { Scope, Touched } from '../model/snapshot.ts';
import { readJudge, type Policy, type PolicyOptions } from '../policy/policy.ts';
import type { ManifestFormats } from '../declarations/read.ts';
import { isCommandFile, isProgramName, type SourceKinds } from '../analysis/source-kinds.ts';
import { mayBeNamedAsList, mayHoldAnything } from '../text/any-name.ts';
import { isInstalled } from '../text/file-names.ts';
import { isRelevantPath } from '../analysis/relevant-path.ts';
import { parserHost } from '../analysis/in-process-parsers.ts';
import type { ReferenceParser } from '../analysis/parse-references.ts';
import type { AnalysisOptions } from '../analysis/analyse.ts';
import { rules } from '../../rules/index.ts';
import { filesOf } from '../snapshots/files.ts';
import { inAssistant } from '../model/assistant-environment.ts';
import type { ProcessContext } from './process.ts';

/** The policy that holds in a scope, and everything that its references are read and judged with. */
export interface Components {
  readonly policy: Policy;
  readonly policyOptions: PolicyOptions;
  /** Files of the state whose policy holds. */
  readonly policyFiles: Files;
  readonly analysisOptions: AnalysisOptions;
}

/** With what the parts are put together. */
export interface PartsOptions {
  readonly context: ProcessContext;
  /** How to start this tool here. Asked only where something says so. */
  readonly command: (files: Files) => Promise<string>;
  readonly config?: string | undefined;
  /** Where files are parsed, if not here. */
  readonly parse?: ReferenceParser['parse'] | undefined;
}

/** Every language and container, and every file whose commands may install something. */
export const kinds = kindsFor('all');

/** @returns What program text is read in where the config says this of commands. */
function kindsFor(setting: CommandsSetting): SourceKinds {
  const read = commandFiles.filter(({ commands }) => isReadAt(setting, commands.runBy));
  const isShellRead = setting !== 'off';
  return {
    languages: languages.filter(({ id }) => isShellRead || id !== COMMAND_LANGUAGE),
    containers: [...containers, ...read],
    mayInstall,
  };
}

/** By its name; of a file without an ending nobody can tell. */
function isProgram(path: string): boolean {
  return isProgramName(path, kinds);
}

/** Every format of manifests, and how those are told whose names say nothing. */
export const manifests: ManifestFormats = {
  formats: manifestFormats,
  included: includeFormat,
  constrained: constraintFormat,
  lists: listFormat,
  content: contentFormats,
  naming: listNaming,
  mayHoldLines: (path) => !isProgram(path) && mayHoldAnything(path) && !isInstalled(path),
  mayBeNamed: (path) => !isProgram(path) && mayBeNamedAsList(path) && !isInstalled(path),
};

/** Without the pages that only readers run commands of. */
const usualKinds = kindsFor('agents');

/** @returns Whether one of the files, by its name, may hold imports, dependency lines or policy. */
export function anyRelevant(paths: Iterable<string>): boolean {
  for (const path of paths) if (isRelevantPath(path, { kinds: usualKinds, manifests })) return true;
  return false;
}

/** @returns Whether one of the files is a page that may hold commands, and a config may say that they count. */
export async function anyRelevantPage(
  { bases }: Pick<Scope, 'bases'>,
  touched: Iterable<string>,
): Promise<boolean> {
  let hasPage = false;
  for (const path of touched) hasPage ||= isCommandFile(path, kinds);
  if (!hasPage) return false;
  const searches = await Promise.all(bases.map((base) => base.search(['commands'], configPlaces)));
  return searches.some((search) => search?.complaint !== '' || search.paths.length > 0);
}

/** @returns The same of what links show of these files: it stands under other names there. */
export async function anyRelevantLink({ head }: Pick<Scope, 'head'>, touched: Touched): Promise<boolean> {
  const links = await head.links();
  if (links.length === 0) return false;
  const { aliasesOf } = await import('../analysis/linked-files.ts');
  for (const { path, end } of aliasesOf(links, touched))
    if (touched.has(end) && isRelevantPath(path, { kinds, manifests })) return true;
  return false;
}

/** Reads the policy of a scope and puts together all languages, containers and manifest formats. */
export async function assemble(scope: Scope, options: PartsOptions): Promise<Components> {
  const { context, config, parse } = options;
  const policyFiles = filesOf(scope.policy);
  const policyOptions = policyOptionsOf(context, config);
  const command = () => options.command(policyFiles);
  const policy = await readJudge(policyFiles, { ...policyOptions, command });
  const analysisOptions = {
    kinds: kindsFor(policy.config.commands),
    kindsAt: kindsFor,
    manifests,
    policy,
    policyOptions,
    inAssistant: inAssistant(context.env),
    parse: parse ?? parserHost(),
  };
  return { policy, policyOptions, policyFiles, analysisOptions };
}

/** @returns With what the policy of a state is read. @param config A config file that the caller names. */
export function policyOptionsOf(
  context: Pick<ProcessContext, 'now'>,
  config: string | undefined,
): PolicyOptions {
  return { rules, today: context.now.toISOString().slice(0, 10), configFile: config ?? null };
}
