/**
 * What somebody has said for all workspaces holds in each: a repository brings settings of its own
 * (`.vscode/settings.json`), and the editor lets these replace the person's.
 *
 * @param sections What the editor answers to the server, for each section that it was asked for.
 * @param isOffline Whether the person's own settings ask no registry.
 * @returns The answer, in which no workspace has turned lookups on again.
 */
export function heldOffline(sections: readonly unknown[], isOffline: boolean): unknown[] {
  return sections.map((section) => (isOffline && isMap(section) ? { ...section, offline: true } : section));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
