import type { PackageEvidence } from '../model/finding.ts';
import type { Lookup, RequirementLookup } from '../model/lookup.ts';

/** What is known of a package that nobody asked about. */
export const notAsked: PackageEvidence = { grade: 'not-asked', evidence: [], suggestions: [] };

/** Nobody is asked: grades decide nothing. */
export const silentLookups: { readonly ask: Lookup; readonly askRequirements: RequirementLookup } = {
  ask: (uses, _names, approvals) =>
    Promise.resolve({
      knowledge: uses.map(() => notAsked),
      approvals: approvals.map(() => notAsked),
      lookups: 'none',
    }),
  askRequirements: (pins) =>
    Promise.resolve({ facts: pins.map(() => ({ state: 'notAsked', reason: '' })), lookups: 'none' }),
};
