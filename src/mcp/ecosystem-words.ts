import { ecosystems } from '../ecosystems/index.ts';

/** The registries whose packages are checked, as people call them, for descriptions of tools. */
export const registryTitles = ecosystems.map(({ title }) => title).join(', ');

/** Some of the commands that are read. */
export const installExamples = ecosystems
  .flatMap(({ installCommands }) => installCommands?.examples ?? [])
  .join(', ');

/** A manifest of each ecosystem. */
export const manifestNames = ecosystems
  .flatMap(({ declaringFiles }) => declaringFiles?.slice(0, 1) ?? [])
  .join(', ');
