import type { RegistrySettings, RepositoryFile, Trust } from '../../model/registry.ts';
import type { InstallRun } from '../../model/reference.ts';
import { pypi } from './names.ts';
import type { NameSettings } from '../shared/routes.ts';
import { settingsOfList, type PythonSettings } from './registry-settings.ts';

type Command = Extract<InstallRun, { kind: 'command' }>;

/** The states of the repository. */
type States = Pick<RegistrySettings, 'repository' | 'proposed' | 'placesOf'>;

/**
 * The options of a command in a program hold for what it installs, as those of a file of requirements do. What no command
 * of the program installs, in whatever state, is asked for where its commands say, as far as they agree.
 *
 * @param file The program.
 */
export function commandSettings(file: RepositoryFile, trust: Trust, states: States): readonly NameSettings[] {
  const { path } = file;
  const all = [...states.repository, ...states.proposed].filter((each) => each.path === path);
  const commands = all.flatMap(commandsOf);
  const isAgreed = commands.every(({ index }) => index !== null);
  const isInstalled = (name: string) => commands.some(({ names }) => names.includes(name));
  return commandsOf(file)
    .filter(({ index, extra, noIndex }) => index !== null || extra.length > 0 || noIndex)
    .map((command) => ({
      ...settingsOf(command, { path, trust, isAgreed }),
      concerns: (name) =>
        states.placesOf(name).used.includes(path) && (command.names.includes(name) || !isInstalled(name)),
    }));
}

function commandsOf({ runs = [] }: RepositoryFile): readonly Command[] {
  return runs.filter((run): run is Command => run.kind === 'command' && run.ecosystem === pypi.id);
}

interface CommandContext {
  readonly path: string;
  readonly trust: Trust;
  /** Every command of the program names an index. */
  readonly isAgreed: boolean;
}

function settingsOf(
  command: Command,
  { path, trust, isAgreed }: CommandContext,
): Omit<NameSettings, 'concerns'> {
  const settings: PythonSettings = settingsOfList({ text: '', trust, from: path }, { ...command, bound: [] });
  const { index, extra, offline } = settings;
  const indexes = [...(index === null ? [] : [index]), ...extra];
  const isWhole = (name: string) => index !== null && (isAgreed || command.names.includes(name));
  return {
    trust,
    main: null,
    extra: (name) => (isWhole(name) ? [] : indexes),
    boundTo: (name) => (isWhole(name) ? indexes : []),
    sources: indexes,
    offline,
  };
}
