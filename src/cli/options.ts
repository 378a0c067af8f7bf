import { InvalidArgumentError, Option } from 'commander';

/** @returns The option of whose whitelist and config judge. */
export function policyFromOption(description: string): Option {
  return new Option('--policy-from <state>', description).choices(['auto', 'head', 'base']);
}

/** Reads an option that may be given several times. */
export function collect(value: string, previousValues: readonly string[] = []): string[] {
  return [...previousValues, value];
}

/** @throws InvalidArgumentError for what is no whole number. */
export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Not a whole number.');
  return Number(text);
}

/** A script that passes the flag to every command may pass it to one that asks no registry, too. */
export function needlessOffline(): Option {
  return new Option(
    '--offline',
    'accepted because other commands have it; this one queries no registry',
  ).hideHelp();
}
