/**
 * What is wrong with a registry's address in a file of the repository. Such a file may say which registry
 * a package belongs to; secrets, variables and unencrypted hosts belong into the user's own files.
 *
 * @returns The reason, to be read after "the registry"; undefined where nothing is wrong.
 */
export function registryProblem(address: string): string | undefined {
  if (address.includes('${')) return 'holds a variable, which is not expanded here';
  if (!URL.canParse(address)) return 'is not a URL';
  const { protocol, username, password, search, hash } = new URL(address);
  if (protocol !== 'https:') return `is not https but ${protocol.slice(0, -1)}`;
  if (username !== '' || password !== '') return 'holds credentials';
  return search === '' && hash === '' ? undefined : 'holds a query or fragment';
}
