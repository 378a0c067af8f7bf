import { ecosystems } from '../ecosystems/index.ts';
import { sections } from './file.ts';
import type { Order } from './insert.ts';

/** Sections stand in the order in which the documentation names them. */
export const sectionOrder: Order = (slots, name) => byRank(slots, name, sections);

export const ecosystemOrder: Order = (slots, name) =>
  byRank(
    slots,
    name,
    ecosystems.map(({ id }) => id),
  );

/** Packages are sorted by name, in any spelling and regardless of case; a list that isn't is continued at its end. */
export const nameOrder: Order = (slots, name) => {
  const keys = slots.map(({ key }) => sortKey(key));
  const sorted = keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') <= key);
  const at = sorted ? keys.findIndex((key) => key > sortKey(name)) : -1;
  return at === -1 ? slots.length : at;
};

function byRank(slots: readonly { readonly key: string }[], name: string, ranks: readonly string[]): number {
  const rank = ranks.indexOf(name);
  const at = slots.findIndex(({ key }) => ranks.indexOf(key) > rank);
  return at === -1 ? slots.length : at;
}

/** Orders package names as `nameOrder` expects them. */
export function compareNames(left: string, right: string): number {
  const [first, second] = [sortKey(left), sortKey(right)];
  return first === second ? 0 : first < second ? -1 : 1;
}

function sortKey(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
