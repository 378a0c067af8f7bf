// eslint-disable-next-line no-restricted-imports -- a hash is a function of its input
import { createHash } from 'node:crypto';
import type { Fault } from '../model/fault.ts';
import { purl } from '../model/package.ts';
import { changeKey } from '../model/policy.ts';
import type { NonEmpty, Place } from '../model/text.ts';
import { rules, type Finding } from '../../rules/index.ts';
import { escapeControls } from '../text/escape.ts';
import { evidenceData, suggestionData } from './json.ts';
import {
  evidenceText,
  labelOf,
  positionText,
  isCopyable,
  sentence,
  suggestedName,
  shownSuggestions,
} from './words.ts';

/**
 * The findings as SARIF results. `ruleId` is the bare rule: it is a part of an alert's identity, and the
 * grade, which the network decides, must not be. The grade stands in the property bag, with the label
 * `unapproved-package/nonexistent`.
 */
export function resultsOf(findings: readonly Finding[]) {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const identity = identityOf(finding);
    const occurrence = (counts.get(identity) ?? 0) + 1;
    counts.set(identity, occurrence);
    return result(finding, `${identity}:${String(occurrence)}`);
  });
}

/** A fault as a SARIF notification. */
export function faultNotification({ kind, file, line, column, message, next }: Fault) {
  const region =
    line === null ? {} : { region: { startLine: line, ...(column !== null && { startColumn: column }) } };
  return {
    level: 'error',
    descriptor: { id: kind },
    message: messageOf(`${sentence(message)} ${next}`),
    ...(file !== null && {
      locations: [{ physicalLocation: { artifactLocation: artifact(file), ...region } }],
    }),
  };
}

/** A remark as a SARIF notification. */
export function noteNotification(text: string) {
  return { level: 'note', message: messageOf(text) };
}

/**
 * What makes two results the same one: rule, file and subject. Neither the line, which moves, nor the grade, which
 * depends on the network, nor the message, which says who did it and why.
 */
function identityOf(finding: Finding): string {
  return createHash('sha256')
    .update(JSON.stringify([finding.rule, subjectOf(finding), finding.file]))
    .digest('hex')
    .slice(0, 32);
}

/** The policy that is loosened, the package, or what was written where there is no package. */
function subjectOf({ change, package: subject, specifier }: Finding): string {
  if (change !== null) return changeKey(change);
  return subject ? purl(subject) : (specifier ?? '');
}

function result(finding: Finding, fingerprint: string) {
  const { rule, grade, severity, file, places, language, specifier, module = null, status } = finding;
  const [location, ...relatedLocations] = locationsOf(file, places);
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: severity === 'error' ? 'error' : 'warning',
    message: messageOf(resultText(finding)),
    locations: [location],
    ...(relatedLocations.length > 0 && {
      relatedLocations: relatedLocations.map((relatedLocation, at) => ({ id: at + 1, ...relatedLocation })),
    }),
    // The one that GitHub reads, and the same under a name of our own for everybody else.
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'packageInFile/v1': fingerprint },
    properties: {
      label: labelOf(finding),
      grade,
      language,
      specifier,
      package: finding.package && purl(finding.package),
      module,
      status,
      evidence: finding.evidence.map(evidenceData),
      suggestions: finding.suggestions.map(suggestionData),
      next: finding.next.filter(isCopyable),
    },
  };
}

function resultText(finding: Finding): string {
  const { places, message, evidence } = finding;
  const [{ cell }] = places;
  const meant = shownSuggestions(finding).map((suggestion) =>
    suggestedName(suggestion, finding.package, (text) => text),
  );
  const said = [
    sentence(message),
    meant.length > 0 ? `Did you mean ${meant.join(' or ')}?` : '',
    cell === null ? '' : `It is at ${positionText(places[0])}.`,
    evidence.length > 0
      ? `Evidence: ${evidence.map((fact) => evidenceText(fact, escapeControls)).join('; ')}.`
      : '',
  ];
  return said.filter((part) => part !== '').join(' ');
}

/** GitHub includes a hundred locations of a result. */
const mostLocations = 100;

function locationsOf(file: string, places: NonEmpty<Place>) {
  return places.slice(0, mostLocations).map((place) => {
    const physicalLocation = { artifactLocation: artifact(file), region: region(place) };
    if (place.cell === null) return { physicalLocation };
    return { physicalLocation, logicalLocations: [{ name: `cell ${String(place.cell)}`, kind: 'module' }] };
  });
}

/** Lines of a notebook's cell are not those of its file: the first character stands for "somewhere". */
function region({ line, column, endLine, endColumn, cell }: Place) {
  return cell === null
    ? { startLine: line, startColumn: column, endLine, endColumn }
    : { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
}

function artifact(file: string) {
  return { uri: relativeUri(file), uriBaseId: '%SRCROOT%' };
}

/** A path as a relative reference (RFC 3986); bytes that are not UTF-8 (see `Snapshot`) are encoded as they are. */
function relativeUri(path: string): string {
  return path.replace(/\p{Cs}|[^\p{Cs}/]+/gu, (part) => {
    const code = part.length === 1 ? part.charCodeAt(0) : 0;
    if (code >= 0xdc80 && code <= 0xdcff) return `%${(code - 0xdc00).toString(16).toUpperCase()}`;
    return encodeURIComponent(code >= 0xd800 && code <= 0xdfff ? '\ufffd' : part);
  });
}

/**
 * Plain text for SARIF (sections 3.11.3 to 3.11.6): what can't be seen is shown, braces are no
 * placeholders, and nothing is a link.
 */
function messageOf(text: string): { readonly text: string } {
  const shown = escapeControls(text, 2000).replaceAll('](', '] (');
  return { text: shown.replaceAll('{', '{{').replaceAll('}', '}}') };
}
