/**
 * Few programs are looked at for lists of requirements: those whose name says that they hold some.
 *
 * @param name The name of a module, without its ending.
 */
export function mayHoldLists(name: string): boolean {
  return name !== 'setup' && /req|dep|install|pack/i.test(name);
}
