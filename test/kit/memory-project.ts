import { assemble } from '../../src/app/components.ts';
import type { OpenedProject } from '../../src/app/project.ts';
import type { Entry } from '../../src/model/status.ts';
import { noHistory, type Snapshot } from '../../src/model/snapshot.ts';
import { decide, claimsOf, noClaims, indexEntries } from '../../src/whitelist/decide.ts';
import { bareEntry } from './entries.ts';
import { now } from './world.ts';

/** A snapshot of texts, and of bytes for what is no UTF-8. */
export function snapshotOf(files: Readonly<Record<string, string | Uint8Array>>): Snapshot {
  const contents = new Map(Object.entries(files));
  return {
    label: 'the work tree',
    read: (path) => {
      const content = contents.get(path);
      if (content === undefined) return Promise.resolve({ kind: 'absent' });
      const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
      return Promise.resolve({ kind: 'bytes', bytes });
    },
    having: (paths) => Promise.resolve(new Set(paths.filter((path) => contents.has(path)))),
    list: () => Promise.resolve([...contents.keys()]),
    links: () => Promise.resolve([]),
    contentIds: () => Promise.resolve(null),
    search: () => Promise.resolve(null),
  };
}

/** An entry that says nothing but what is given. */
export function entryOf(given: Pick<Entry, 'kind' | 'ecosystem' | 'name'> & Partial<Entry>): Entry {
  return {
    ...bareEntry,
    ...given,
  };
}

/** A project that is nothing but files in memory and decisions, and that is looked at as a whole. */
export async function memoryProject(
  files: Readonly<Record<string, string | Uint8Array>>,
  entries: readonly Entry[],
): Promise<OpenedProject> {
  const head = snapshotOf(files);
  const scope = {
    name: 'all',
    head,
    bases: [],
    trustedBases: [head],
    policy: head,
    workTree: null,
    changes: [],
    touched: null,
    compared: null,
    ...noHistory,
    faults: [],
  } as const;
  const context = { cwd: '/', env: {}, now };
  const {
    policy: read,
    analysisOptions,
    ...components
  } = await assemble(scope, { context, command: () => Promise.resolve('check-imports') });
  const whitelist = indexEntries(entries);
  const claims = claimsOf(whitelist);
  const policy = {
    ...read,
    trustIn: () => 'whitelist' as const,
    whitelist: { ...read.whitelist, entries, whitelist, exists: true },
    decide: (subject: Parameters<typeof decide>[1]) => decide(whitelist, subject, read.today),
    claims: (ecosystem: string) => claims.get(ecosystem) ?? noClaims,
  };
  const close = () => undefined;
  return {
    ...components,
    kind: 'open',
    scope,
    judgeReason: null,
    policy,
    close,
    analysisOptions: { ...analysisOptions, policy },
  };
}
