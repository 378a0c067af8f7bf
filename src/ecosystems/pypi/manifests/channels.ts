import { trimSuffix } from '../../../text/ends.ts';
import { withoutCredentials } from '../../shared/source-location.ts';

/** conda-forge and Anaconda's own, also by their addresses; `nodefaults` only takes channels away. */
const USUAL = new Set([
  '*',
  'conda-forge',
  'defaults',
  'nodefaults',
  'https://conda.anaconda.org/conda-forge',
  'https://prefix.dev/conda-forge',
  'https://repo.anaconda.com/pkgs/main',
  'https://repo.anaconda.com/pkgs/r',
]);

/** @returns Whether a channel of conda, by its name or its address, is one of those that everybody has. */
export function isUsualChannel(channel: string): boolean {
  const name = channel.trim().toLowerCase();
  return USUAL.has(name.endsWith('/') ? name.slice(0, -1) : name);
}

/** @returns Whether the name of a channel only takes others away. */
export function takesAway(channel: string): boolean {
  return channel.trim().toLowerCase() === 'nodefaults';
}

/** @returns The address of a channel without credentials; of one on Anaconda's public server its name, by which it is known. */
export function channelName(channel: string): string {
  const address = trimSuffix(withoutCredentials(channel.trim()), '/');
  return address.replace(/^https?:\/\/conda\.anaconda\.org\//i, '');
}
