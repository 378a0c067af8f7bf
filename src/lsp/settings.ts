import { rules, type RuleId } from '../../rules/index.ts';
import { escapeControls } from '../text/escape.ts';
import { TOOL } from '../model/tool.ts';

/** DiagnosticSeverity of the protocol, by the names that people know from editors. */
export const severityNames = { error: 1, warning: 2, information: 3, hint: 4 } as const;

/** How grave the editor shows a finding. */
export type ShownSeverity = (typeof severityNames)[keyof typeof severityNames];

/**
 * What an editor may set. A repository can bring settings of its own (`.vscode/settings.json`), so that only what sends
 * less, or shows less gravely in the editor alone, is heard: never a path, a registry, a config or a command.
 */
export interface EditorSettings {
  /** No registry is asked. */
  readonly offline: boolean;
  /** What HEAD imports already is not shown. */
  readonly onlyNewImports: boolean;
  /** How grave the findings of a rule are shown, where that is not as the check says. */
  readonly severity: ReadonlyMap<RuleId, ShownSeverity>;
}

/** What holds where an editor sets nothing. */
export const defaultSettings: EditorSettings = { offline: false, onlyNewImports: false, severity: new Map() };

/** Settings as they were understood, and what was not, each as a clause. */
export interface ReadSettings {
  readonly settings: EditorSettings;
  readonly problems: readonly string[];
}

/**
 * Reads one source of settings.
 *
 * @param value What an editor sent: a map, or nothing. Settings below the tool's own name count as if they stood alone.
 */
export function readSettings(value: unknown): ReadSettings {
  if (value === undefined || value === null) return { settings: defaultSettings, problems: [] };
  if (!isMap(value)) return { settings: defaultSettings, problems: ['the settings have to be a map'] };
  if (value[TOOL] !== undefined) return readSettings(value[TOOL]);
  const problems: string[] = [];
  const flag = (name: 'offline' | 'onlyNewImports') => {
    const set = value[name];
    if (set !== undefined && set !== null && typeof set !== 'boolean')
      problems.push(`“${name}” is not ${shown(set)}`);
    return set === true;
  };
  const settings = { offline: flag('offline'), onlyNewImports: flag('onlyNewImports') };
  const severity = readSeverities(value['severity'], problems);
  for (const name of Object.keys(value))
    if (!Object.hasOwn(defaultSettings, name)) problems.push(`there is no ${shown(name)}`);
  return { settings: { ...settings, severity }, problems };
}

function readSeverities(value: unknown, problems: string[]): EditorSettings['severity'] {
  if (value === undefined || value === null) return defaultSettings.severity;
  const severities = new Map<RuleId, ShownSeverity>();
  if (!isMap(value)) problems.push(`“severity” is not ${shown(value)}`);
  for (const [name, level] of Object.entries(isMap(value) ? value : {})) {
    const rule = rules.find(({ id }) => id === name);
    if (!rule) problems.push(`“severity” has no rule ${shown(name)}`);
    else if (isSeverity(level)) severities.set(rule.id, severityNames[level]);
    else problems.push(`“severity” of ${name} is not ${shown(level)}`);
  }
  return severities;
}

/** Joins sources of settings, the later before the earlier; who asks no registry, in any of them, asks none. */
export function joinSettings(sources: readonly EditorSettings[]): EditorSettings {
  return {
    offline: sources.some(({ offline }) => offline),
    onlyNewImports: sources.some(({ onlyNewImports }) => onlyNewImports),
    severity: new Map(sources.flatMap(({ severity }) => [...severity])),
  };
}

/** @returns What is wrong with settings, and what they may be, for whoever wrote them. */
export function problemText(problems: readonly string[]): string {
  const levels = listed(Object.keys(severityNames));
  const ids = listed(rules.map(({ id }) => id));
  return (
    `${TOOL}: of the settings of the editor, ${problems.join('; ')}. ` +
    `Valid are “offline” and “onlyNewImports”, each true or false, and “severity”, a map from rules (${ids}) to ${levels}. ` +
    `What is valid counts; correct the rest in the settings of the editor.`
  );
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}

function isSeverity(level: unknown): level is keyof typeof severityNames {
  return typeof level === 'string' && Object.hasOwn(severityNames, level);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as a message quotes it: whoever wrote it may have written anything. */
function shown(value: unknown): string {
  return `“${escapeControls(typeof value === 'string' ? value : JSON.stringify(value), 60)}”`;
}
