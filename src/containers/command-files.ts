import type { CommandFiles, Container, ContainerFormat } from '../model/language.ts';
import { pathMatcher } from '../text/path-endings.ts';

/** A format as the list describes it. */
interface Description {
  readonly fileNames?: readonly string[];
  readonly paths?: readonly string[];
  readonly runBy: CommandFiles['runBy'];
  /** `true` where nobody sees what a command asks. */
  readonly isUnattended?: boolean;
  /** Words that show programs of other languages. */
  readonly otherPrograms?: RegExp;
  /** What editors call such a text; left out where they have no word for it. */
  readonly editorId?: string;
  readonly container: () => Promise<Container>;
}

type CommandFileFormat = ContainerFormat & { readonly commands: CommandFiles };

function commandFormat({
  fileNames = [],
  paths = [],
  runBy,
  isUnattended = runBy === 'agent',
  otherPrograms,
  editorId,
  container,
}: Description): CommandFileFormat {
  const matches = pathMatcher(fileNames, paths);
  return {
    extensions: [],
    editorId: editorId ?? null,
    commands: {
      fileNames,
      paths,
      matches,
      runBy,
      isUnattended,
      ...(otherPrograms && { otherPrograms }),
    },
    container,
  };
}

/** An interpreter that a command hands a text to. */
const PYTHON_PROGRAM = /\bpython|\bpypy/;

/** Every file format that holds commands, by which packages may be installed. */
export const commandFiles: readonly CommandFileFormat[] = [
  commandFormat({
    fileNames: ['dockerfile', 'containerfile'],
    paths: [
      'Dockerfile.*',
      'Containerfile.*',
      '*.Dockerfile',
      '*.Containerfile',
      'Dockerfile-*',
      'Dockerfile_*',
    ],
    runBy: 'build',
    isUnattended: true,
    otherPrograms: PYTHON_PROGRAM,
    editorId: 'dockerfile',
    container: async () => (await import('./dockerfile.ts')).dockerfile,
  }),
];
