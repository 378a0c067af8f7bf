import type { PolicyChange } from '../model/policy.ts';
import type { Scope, Snapshot } from '../model/snapshot.ts';
import { filesOf } from '../snapshots/files.ts';
import { namesTool, placeOf } from '../starts/places.ts';
import { inEveryBase } from './changes.ts';

/**
 * Every way in which a change loosens what starts this tool by itself: hooks, build servers, hooks of assistants. Only
 * files that the change touches, and that name the tool at the base, are read.
 */
export async function startChanges(scope: Scope): Promise<readonly PolicyChange[]> {
  if (scope.name === 'stdin') return [];
  const perBase = await Promise.all(scope.bases.map((base) => changesAgainst(base, scope)));
  return inEveryBase(perBase);
}

/** The texts of one file on both sides; undefined where it is not there. */
interface Versions {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

async function changesAgainst(base: Snapshot, { touched, next }: Scope): Promise<readonly PolicyChange[]> {
  const paths = [...new Set(touched ?? (await base.list()))].filter((path) => placeOf(path) !== undefined);
  const [old, head] = [filesOf(base), filesOf(next)];
  const texts = await Promise.all(paths.map(async (path) => ({ path, before: await old.text(path) })));
  if (!texts.some(({ before }) => before !== undefined && namesTool(before))) return [];
  const versions = texts.map(async (text) => ({ ...text, after: await head.text(text.path) }));
  const changed = (await Promise.all(versions)).filter(({ before, after }) => before !== after);
  return changed.some(mayLoosen) ? compare(changed) : [];
}

/** In a file without settings, only a line that names the tool can matter. */
function mayLoosen({ path, before = '', after = '' }: Versions): boolean {
  if (!namesTool(before)) return false;
  const place = placeOf(path);
  return place?.format !== 'json' || place.keys !== undefined || naming(before) !== naming(after);
}

function naming(text: string): string {
  return text.split('\n').filter(namesTool).join('\n');
}

async function compare(versions: readonly Versions[]): Promise<readonly PolicyChange[]> {
  const [{ loosenedStarts }, { startsIn }] = await Promise.all([
    import('../starts/compare.ts'),
    import('../starts/read.ts'),
  ]);
  const starts = async (file: string, text: string | undefined) => {
    const place = placeOf(file);
    return {
      file,
      starts: place && text !== undefined && namesTool(text) ? await startsIn(text, place) : [],
    };
  };
  const [before, after] = await Promise.all([
    Promise.all(versions.map(({ path, before: text }) => starts(path, text))),
    Promise.all(versions.map(({ path, after: text }) => starts(path, text))),
  ]);
  return loosenedStarts(before, after);
}
