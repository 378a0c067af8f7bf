/*
 * Paths below the root (`''`). The resolver of JavaScript has functions of its own: sharing them would make them a
 * file of their own, which every settled commit would open.
 */

/** @returns A folder and all above it, nearest first; the root is the last. */
export function upwards(folder: string): readonly string[] {
  const parts = folder === '' ? [] : folder.split('/');
  return [...parts.keys(), parts.length].map((at) => parts.slice(0, parts.length - at).join('/'));
}

/** @returns The path of a file in a folder. */
export function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
