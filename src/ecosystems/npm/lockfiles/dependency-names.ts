import { asRecord, asText } from '../../../documents/values.ts';

/** The kinds of dependencies that a package brings with it; what it only works beside, it does not bring. */
export const broughtKinds = ['dependencies', 'optionalDependencies'] as const;

/**
 * @param range As a manifest writes it: `^1.0.0`, `npm:^1.0.0` (Yarn), `npm:target@^1.0.0` of an alias.
 * @returns The name that a dependency asks the registry for; undefined where it asks for git, a URL, a path or a workspace.
 */
export function askedName(key: string, range: string): string | undefined {
  if (!range.startsWith('npm:')) return /[:/]/.test(range) ? undefined : key;
  return /^npm:(@?[^@]+)@/.exec(range)?.[1] ?? key;
}

/** @returns The names in an entry that holds its dependencies as a manifest does. */
export function* askedNames(
  entry: ReadonlyMap<string, unknown>,
  kinds: readonly string[] = broughtKinds,
): Generator<string> {
  for (const kind of kinds) {
    for (const [key, range] of asRecord(entry.get(kind))) {
      const name = askedName(key, asText(range) ?? '');
      if (name !== undefined) yield name;
    }
  }
}
