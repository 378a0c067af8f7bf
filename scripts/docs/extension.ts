import * as v from 'valibot';

const map = v.record(v.string(), v.unknown());

/** Where the manifest lists what a setting of severities may hold. */
const SEVERITIES = ['contributes', 'configuration', 'properties', 'vetted-imports.severity', 'properties'];

/** @returns The manifest of the extension for VS Code, whose setting of severities knows every rule. */
export function extensionManifest(
  text: string,
  { ruleIds, severities }: { readonly ruleIds: readonly string[]; readonly severities: readonly string[] },
): string {
  const rules = Object.fromEntries(ruleIds.map((id) => [id, { enum: severities }]));
  return JSON.stringify(withMember(JSON.parse(text), SEVERITIES, rules));
}

/** @returns A value as it is but for the member at a path, which exists. */
function withMember(value: unknown, [key, ...keys]: readonly string[], member: unknown): unknown {
  if (key === undefined) return member;
  const members = v.parse(map, value);
  return { ...members, [key]: withMember(members[key], keys, member) };
}

/** @returns Which documents the extension shows to the server: those in these languages, and those with these paths. */
export function editorDocuments(documents: {
  readonly languages: readonly string[];
  readonly files: readonly string[];
}): string {
  return JSON.stringify(documents);
}
