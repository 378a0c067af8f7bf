import { quoteForMessage } from '../../documents/problems.ts';
import { ecosystems, isPossible } from '../../ecosystems/index.ts';
import type { UseWithStatus } from '../../model/status.ts';

/** What a whitelist can have a line for, and what is said of the rest. */
interface Naming {
  readonly possible: readonly UseWithStatus[];
  readonly notes: readonly string[];
}

/** So many names fit into two lines. */
const MOST_NAMES = 3;

/**
 * A module may bear a name that no package can have: `_speedups` of an extension in C. Its import leads to the package of the
 * same name, for which a whitelist has no line.
 */
export function byName(uses: readonly UseWithStatus[]): Naming {
  const possible = uses.filter(({ use }) => isPossible(use.package));
  const impossible = uses.filter(({ use }) => !isPossible(use.package));
  const notes = ecosystems.flatMap(({ id, title }) => {
    const items = impossible.filter(({ use }) => use.package.ecosystem === id);
    const names = [...new Map(items.map((item) => [item.use.package.name, placeOf(item)])).values()];
    return names.length === 0 ? [] : [noteOn(names, title)];
  });
  return { possible, notes };
}

function placeOf({ use: { file, references } }: UseWithStatus): string {
  const [{ specifier, place }] = references;
  return `${quoteForMessage(specifier)} (${file}:${String(place.line)})`;
}

function noteOn(names: readonly string[], title: string): string {
  const more = names.length - MOST_NAMES;
  const shown = more > 0 ? [...names.slice(0, MOST_NAMES), `${String(more)} more`] : names;
  const listed =
    shown.length === 1 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1) ?? ''}`;
  const [subject, object] = names.length === 1 ? ['it gets', 'it'] : ['they get', 'them'];
  const brings =
    names.length === 1
      ? 'builds it, in `ambient` where its host brings it'
      : 'builds them, in `ambient` where its host brings them';
  return `No package of ${title} can be called ${listed}: ${subject} no line in the whitelist. Name ${object} in \`localModules\` of the config where the project ${brings}.`;
}
