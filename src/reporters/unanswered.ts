import type { Evidence } from '../model/evidence.ts';
import { packageLabel } from '../model/package.ts';
import type { NonEmpty } from '../model/text.ts';
import type { Block } from './package-blocks.ts';
import type { Show } from './words.ts';

/** What nobody could tell of one package, and why. */
interface Gap {
  readonly about: string;
  readonly reason: string;
  readonly label: string;
}

/** So many packages are named for one reason. */
const mostNames = 3;

/**
 * What could not be asked, and of whom, once for all packages: `malware was not checked: api.osv.dev refused the
 * connection`.
 *
 * @returns One sentence for each reason, without a full stop.
 */
export function unansweredTexts(blocks: readonly Block[], show: Show, most = mostNames): readonly string[] {
  const all = new Set(blocks.flatMap(labelOf));
  const byFact = groupsOf(blocks.flatMap(gapsOf), ({ about, reason }) => [about, reason]).map((gaps) => {
    const [{ about, reason }] = gaps;
    return { about, reason, labels: [...new Set(gaps.map(({ label }) => label))] };
  });
  const bySentence = groupsOf(byFact, ({ about, reason, labels }) => [verbOf(about), reason, labels]);
  return bySentence.map((group) => {
    const [{ labels, reason }] = group;
    const isAll = labels.length === all.size && labels.length > 1;
    const names = isAll ? '' : namesOf(labels, show, most);
    const facts = group.map(({ about }) => show(about.replaceAll('-', ' ')));
    return `${sentenceAbout(facts, names, labels.length)}: ${show(reason, 300)}`;
  });
}

/** @returns What has the same key, in the order in which each key comes first. */
function groupsOf<T>(items: readonly T[], keyOf: (item: T) => unknown): NonEmpty<T>[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

function labelOf({ finding }: Block): readonly string[] {
  return finding.package ? [packageLabel(finding.package)] : [];
}

/**
 * Of what nobody could look up, nothing else could be asked either; of a name that does not exist, only what was tried
 * matters.
 */
function gapsOf(block: Block): readonly Gap[] {
  const [label] = labelOf(block);
  if (label === undefined) return [];
  const { evidence } = block.finding;
  const exists = evidence.find(({ fact }) => fact === 'exists');
  const isAbsent = exists?.state === 'absent';
  const isOpen = exists !== undefined && 'reason' in exists;
  const facts = isOpen ? [exists] : evidence.filter(({ state }) => !isAbsent || state !== 'notAsked');
  return facts.flatMap((fact) =>
    'reason' in fact ? [{ about: aboutOf(fact), reason: fact.reason, label }] : [],
  );
}

function aboutOf({ fact }: Evidence): string {
  if (fact === 'provides-module' || fact === 'modules') return 'modules';
  return fact === 'first-published' || fact === 'earliest-file' ? 'age' : fact;
}

function namesOf(labels: readonly string[], show: Show, most: number): string {
  const more = labels.length - most;
  const shown = labels.slice(0, more > 0 ? most : labels.length).map((label) => show(label));
  const last = more > 0 ? `${String(more)} more` : shown.pop();
  return shown.length === 0 ? (last ?? '') : `${shown.join(', ')} and ${last ?? ''}`;
}

/** What is looked up is a package, what is checked is one of its sides, and of all else nothing is known. */
function verbOf(about: string): string {
  if (about === 'exists') return 'looked up';
  return about === 'modules' || about === 'malware' ? 'checked' : 'known';
}

function sentenceAbout(facts: readonly string[], names: string, count: number): string {
  const [fact = ''] = facts;
  if (fact === 'exists' && names === '') return 'no package was looked up';
  if (fact === 'exists') return `${names} ${count === 1 ? 'was' : 'were'} not looked up`;
  const verb = verbOf(fact);
  const subject = `${facts.join(' and ')}${names && (verb === 'known' ? ` of ${names}` : '')}`;
  const isMany = facts.length > 1 || fact === 'modules';
  if (verb === 'known') return `${subject} ${isMany ? 'are' : 'is'} not known`;
  return `${subject} ${isMany ? 'were' : 'was'} not checked${names && ` for ${names}`}`;
}
