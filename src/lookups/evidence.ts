import type { Evidence } from '../model/evidence.ts';
import type { Answer, LookupFacts, PackageFacts } from '../model/registry-facts.ts';
import { escapeControls } from '../text/escape.ts';
import type { MalwareReports } from './osv.ts';
import type { Fact } from '../model/evidence.ts';

/** What was found out about one package, as far as reports show it. */
export interface EvidenceInput {
  readonly answer: Answer;
  /** What evidence calls the registry that answered: `npm`, `pypi`. */
  readonly source: string;
  /** The host, where it is not the public registry. */
  readonly host: string | null;
  /** The first publication is that of the earliest file there, and there may have been earlier ones. */
  readonly isFileDate: boolean;
  readonly malware: Fact<MalwareReports>;
  readonly modules: Fact<readonly string[]>;
  /** Whose modules they are. */
  readonly version: string;
  readonly provides: LookupFacts['provides'];
  /** Does a program import a module of it? */
  readonly isImported: boolean;
  /** The same of the newest version, where that is another one. */
  readonly newest: LookupFacts['provides'];
  /** The name is served on the private and on the public side. */
  readonly onPublicAndPrivate: boolean;
}

/** Hardly any package has more; a hostile one can't fill a report. */
const mostModules = 1000;

/** Texts of a registry are cut to this length, in code units. */
const longest = 200;

/** Evidence for reports, existence first. Everything that a registry wrote is made visible and cut. */
export function evidenceOf(knowledge: EvidenceInput): readonly Evidence[] {
  const { answer, source, host } = knowledge;
  const evidence: Evidence[] = [{ fact: 'exists', source, ...existence(answer) }];
  const asOf = 'asOf' in answer ? answer.asOf : '';
  if (host !== null && asOf !== '')
    evidence.push({ fact: 'registry', source, state: 'present', value: escapeControls(host), asOf });
  if (answer.kind === 'withdrawn') {
    evidence.push({ fact: 'withdrawn', source, state: 'present', value: answer.on ?? true, asOf });
  }
  if (answer.kind === 'present') {
    if (answer.absentOn !== null) {
      evidence.push({ fact: 'did-not-exist-on', source, state: 'present', value: answer.absentOn, asOf });
    }
    const first = knowledge.isFileDate ? 'earliest-file' : 'first-published';
    evidence.push({ fact: first, source, ...answer.facts.created });
    for (const [fact, value] of details(answer.facts)) {
      evidence.push({ fact, source, state: 'present', value: readable(value), asOf });
    }
  }
  if (knowledge.onPublicAndPrivate)
    evidence.push({ fact: 'dependency-confusion', source, state: 'present', value: true, asOf });
  return [...evidence, ...modules(knowledge), ...malware(knowledge.malware)];
}

function existence(answer: Answer): Fact<boolean> {
  switch (answer.kind) {
    case 'present':
      return { state: 'present', value: true, asOf: answer.asOf };
    case 'absent':
    case 'withdrawn':
      return { state: 'absent', asOf: answer.asOf };
    case 'unknown':
    case 'notAsked':
      return { state: answer.kind, reason: escapeControls(answer.reason) };
  }
}

type Value = string | number | boolean | readonly string[];

function details(facts: PackageFacts): [string, Value][] {
  const { versions } = facts;
  const count = versions === null ? null : versions.exact ? versions.count : `at least ${versions.count}`;
  const all: [string, Value | null][] = [
    ['versions', count],
    ['latest', facts.latest],
    ['latest-commit', facts.latestCommit ?? null],
    ['status', facts.status === 'active' ? null : facts.status],
    ['deprecated', facts.deprecated],
    ['security-placeholder', facts.isSecurityHolding || null],
    [
      'latest-is-security-placeholder',
      facts.latestIsSecurityHolding && !facts.isSecurityHolding ? true : null,
    ],
    ['yanked', facts.yanked || null],
    ['install-scripts', facts.installScripts],
    ['repository', facts.repository],
    ['owners', facts.owners.length === 0 ? null : facts.owners.slice(0, 10)],
    ['attested', facts.attested],
  ];
  return all.flatMap(([fact, value]): [string, Value][] => (value === null ? [] : [[fact, value]]));
}

function readable(value: Value): Value {
  if (typeof value === 'string') return escapeControls(value, longest);
  return typeof value === 'object' ? value.map((text) => escapeControls(text, longest)) : value;
}

function modules(knowledge: EvidenceInput): Evidence[] {
  const { modules: moduleFact, version, provides, newest, source } = knowledge;
  const evidence: Evidence[] = isWanted(knowledge) ? [{ fact: 'provides-module', source, ...provides }] : [];
  if (newest.state === 'present' && provides.state === 'present' && newest.value !== provides.value)
    evidence.push({ fact: 'newest-provides-module', source, ...newest });
  if (moduleFact.state === 'present') {
    const { asOf } = moduleFact;
    evidence.push({
      fact: 'modules',
      source,
      ...moduleFact,
      value: readable(moduleFact.value.slice(0, mostModules)),
    });
    if (!isLatestAsExpected(knowledge))
      evidence.push({
        fact: 'version-looked-into',
        source,
        state: 'present',
        value: readable(version),
        asOf,
      });
  }
  return evidence;
}

/** Of a package that exists and is imported, people are told why nobody looked into it. */
function isWanted({ answer, provides, isImported }: EvidenceInput): boolean {
  return provides.state !== 'notAsked' || (isImported && answer.kind === 'present');
}

/** Who reads that the latest version has what is imported need not know more. */
function isLatestAsExpected({ answer, version, provides }: EvidenceInput): boolean {
  const isMissing = provides.state === 'present' && !provides.value;
  return !isMissing && answer.kind === 'present' && answer.facts.latest === version;
}

function malware(reports: EvidenceInput['malware']): Evidence[] {
  if (reports.state !== 'present') return [{ fact: 'malware', source: 'osv', ...reports }];
  const { whole, some: partialIds } = reports.value;
  const { asOf } = reports;
  const evidence: Evidence[] = [];
  if (whole.length > 0)
    evidence.push({ fact: 'malware', source: 'osv', state: 'present', value: whole, asOf });
  if (partialIds.length > 0)
    evidence.push({
      fact: 'malware-in-some-versions',
      source: 'osv',
      state: 'present',
      value: partialIds,
      asOf,
    });
  return evidence;
}
