import type { Entry, EntryKind } from '../../src/model/status.ts';
import { edit } from '../../src/whitelist/edit.ts';

/** What an entry of a test says beyond what every entry says. */
export type EntryFields = Partial<Omit<Entry, 'kind' | 'ecosystem' | 'name'>>;

/** What an entry says that says nothing, on the first line of the usual file. */
export const bareEntry: Omit<Entry, 'kind' | 'ecosystem' | 'name'> = {
  imports: [],
  importsOf: null,
  source: null,
  reason: null,
  by: null,
  date: null,
  expires: null,
  use: null,
  created: null,
  repository: null,
  despite: null,
  unverified: false,
  requestedBy: null,
  file: 'approved-packages.yaml',
  line: 1,
};

/** @returns An entry as a whitelist holds it. @param label `npm:@acme/*`, with the canonical name. */
export function entryOf(kind: EntryKind, label: string, fields: EntryFields = {}): Entry {
  const [ecosystem = '', name = ''] = label.split(/:(.*)/s);
  return {
    kind,
    ecosystem,
    name,
    ...bareEntry,
    ...fields,
  };
}

/** @returns The whitelist with these entries, as the commands write it. */
export async function entriesText(entries: readonly Entry[]): Promise<string> {
  const edits = entries.map(({ ecosystem, name, ...content }) => {
    const needed = content.kind === 'baseline' ? { date: '2026-01-02' } : { reason: 'used here' };
    return { ecosystem, name, content: { ...content, ...needed } };
  });
  const result = await edit('approved-packages.yaml', null, edits);
  if (result.kind === 'refused') throw new Error(result.fault.message);
  return result.text;
}
