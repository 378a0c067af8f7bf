import { comparableAddress } from '../../text/addresses.ts';
import { withoutCredentials } from '../shared/source-location.ts';

/** The sparse index of crates.io, without what says that it is one (https://doc.rust-lang.org/cargo/reference/registry-index.html). */
export const PUBLIC_INDEX = 'https://index.crates.io';

/** crates.io by its name, by its sparse index, and by the repository that holds the same. */
const PUBLIC_NAMES: ReadonlySet<string> = new Set([
  'crates-io',
  PUBLIC_INDEX,
  'https://github.com/rust-lang/crates.io-index',
]);

/**
 * @param registry Its name in the settings, or its address, with `sparse+` or `registry+` before it.
 * @returns The same without those words and credentials; null for crates.io.
 */
export function registryAddress(registry: string): string | null {
  const plain = withoutCredentials(registry.trim().replace(/^(?:sparse|registry)\+/i, ''));
  return PUBLIC_NAMES.has(comparableAddress(plain).replace(/\.git$/, '')) ? null : plain;
}
