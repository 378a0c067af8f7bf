import { configPlaces } from '../config/find.ts';
import type { Fault } from '../model/fault.ts';
import type { Finding } from '../model/finding.ts';
import type { Scope, Snapshot } from '../model/snapshot.ts';
import { filesOf } from '../snapshots/files.ts';
import { readJudge, type JudgeOptions, type Policy } from './policy.ts';

/** The config of the work tree, where it is another one than that of the judged state. */
export interface UnstagedConfig {
  readonly file: string;
  /** The policy that would judge if the config were part of the change. */
  readonly policy: Policy;
  /** The scope as it would be then. */
  readonly scope: Scope;
}

/** @returns null where the work tree has no other config, or where the judged state's is not the one that judges. */
export async function unstagedConfig(scope: Scope, options: JudgeOptions): Promise<UnstagedConfig | null> {
  const { head, policy: judge, workTree } = scope;
  if (workTree === null || judge !== head) return null;
  const places = [...configPlaces, ...(options.configFile === null ? [] : [options.configFile])];
  const [file] = await differing(places, head, workTree);
  if (file === undefined) return null;
  const next = withFilesOf(workTree, head, new Set(places));
  const policy = await readJudge(filesOf(next), options);
  return { file, policy, scope: { ...scope, head: next, policy: next, workTree: null } };
}

/**
 * @param findings What the judged state's config leads to. @param nextFindings What that of the work tree would.
 * @returns A sentence about the config of the work tree; null where it would change nothing.
 */
export function unstagedNote(
  { file, policy }: UnstagedConfig,
  findings: readonly Finding[],
  nextFindings: readonly Finding[],
): string | null {
  const start = `${file} in the work tree is not part of this commit, and`;
  const [fault] = policy.faults;
  if (fault) return `${start} can’t be read: ${fault.message}${lineOf(fault)}`;
  if (verdictOf(findings) === verdictOf(nextFindings)) return null;
  return `${start} with it other findings would be reported: git add ${file} (with git commit FILE, name it too)`;
}

function lineOf({ line }: Fault): string {
  return line === null ? '' : ` (line ${String(line)})`;
}

/** What loosens the policy is no part of it: the config itself would be listed there. */
function verdictOf(findings: readonly Finding[]): string {
  const verdict = findings.filter(({ change }) => change === null);
  return JSON.stringify(
    verdict.map(({ rule, severity, file, specifier }) => [rule, severity, file, specifier]),
  );
}

async function differing(
  paths: readonly string[],
  left: Snapshot,
  right: Snapshot,
): Promise<readonly string[]> {
  const [leftFiles, rightFiles] = [filesOf(left), filesOf(right)];
  const isOther = await Promise.all(
    paths.map(async (path) => (await leftFiles.text(path)) !== (await rightFiles.text(path))),
  );
  return paths.filter((_, at) => isOther[at]);
}

/** A state in which some files are those of another one. */
function withFilesOf(source: Snapshot, snapshot: Snapshot, paths: ReadonlySet<string>): Snapshot {
  return {
    label: snapshot.label,
    read: (path) => (paths.has(path) ? source : snapshot).read(path),
    having: async (requests) => {
      const [present, replacements] = await Promise.all([
        snapshot.having(requests.filter((path) => !paths.has(path))),
        source.having(requests.filter((path) => paths.has(path))),
      ]);
      return new Set([...present, ...replacements]);
    },
    list: () => snapshot.list(),
    links: () => snapshot.links(),
    contentIds: () => Promise.resolve(null),
    search: () => Promise.resolve(null),
  };
}
