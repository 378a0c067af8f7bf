import type { Node } from '../../documents/document.ts';
import { assistantVariables } from '../../model/assistant-environment.ts';
import { isSkippingAlias } from './gate-git.ts';
import { namesTool } from '../../starts/places.ts';

/**
 * @param path Of a file with settings of git or of an agent.
 * @returns The settings in its text with which no hook runs, or with which nobody knows that an assistant runs it: their names, or
 *   their lines.
 */
export async function switchesIn(path: string, text: string): Promise<ReadonlySet<string>> {
  if (!/\.(?:jsonc?|toml)$/.test(path)) return linesWith(text, isGitSwitch);
  const { readJson } = await import('../../documents/json.ts');
  const { readToml } = await import('../../documents/toml.ts');
  const { root } = path.endsWith('.toml') ? await readToml(text) : await readJson(text);
  const lines = linesWith(text, isAgentSwitch);
  // An agent may read what no parser here does.
  if (root === undefined) return lines;
  const open: { readonly node: Node; readonly keys: readonly string[] }[] = [{ node: root, keys: [] }];
  const switches = new Set<string>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, keys } = next;
    if (isSwitch(keys, node)) switches.add(keys.join('.'));
    if (node.kind !== 'table') continue;
    for (const { key, value } of node.entries) open.push({ node: value, keys: [...keys, key.value] });
  }
  return new Set([...switches, ...lines]);
}

/** A line of git’s settings by which other hooks run, or none (https://git-scm.com/docs/git-config, git 2.51). */
function isGitSwitch(line: string): boolean {
  return /^(?:\[core\])?\s*hookspath\b|^\[include/i.test(line) || isSkippingAlias(line);
}

/** The switches of agents, as they are usually written. */
function isAgentSwitch(line: string): boolean {
  return /"disableAllHooks"\s*:\s*true|^(?:codex_)?hooks *= *false/.test(line);
}

function linesWith(text: string, isMeant: (line: string) => boolean): ReadonlySet<string> {
  return new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(isMeant),
  );
}

/** Settings by the keys that lead to them, and the values with which no hooks run (documentation of each agent, 2026-11). */
function isSwitch(keys: readonly string[], node: Node): boolean {
  const path = keys.join('.');
  const name = keys.at(-1) ?? '';
  const value = node.kind === 'text' ? node.value : node.kind === 'other' ? String(node.value) : null;
  if (path === 'disableAllHooks') return value === 'true';
  if (/^(?:features\.)?(?:codex_)?hooks$|^hooks(?:Config)?\.enabled$|^tools\.enableHooks$/.test(path))
    return value === 'false';
  if (/^hooks(?:Config)?\.disabled$/.test(path))
    return node.kind === 'list' && node.items.some((item) => item.kind === 'text' && namesTool(item.value));
  if (name === 'CHECK_IMPORTS') return value === '0';
  return assistantVariables.includes(name) && value !== null && ['', '0', 'false'].includes(value);
}
