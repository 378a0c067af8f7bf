import { applyEdits, findNodeAtLocation, getNodeValue, modify, parseTree } from 'jsonc-parser';

/** A rule as the schema of the config needs to know it. */
export interface ConfigurableRule {
  readonly id: string;
  readonly formerIds?: readonly string[];
  readonly fixed: boolean;
}

/** The words of the config and what it has a key for. */
export interface ConfigWords {
  readonly rules: readonly ConfigurableRule[];
  readonly ecosystems: readonly { readonly id: string }[];
  readonly levels: readonly string[];
  readonly trust: readonly string[];
  readonly lookup: readonly string[];
  readonly assistants: readonly string[];
  readonly policyFrom: readonly string[];
  readonly requested: readonly string[];
  readonly commands: readonly string[];
  /** Globs that are ignored by default. */
  readonly ignorePaths: readonly string[];
}

/** The words of the report. */
export interface ReportWords {
  readonly scopes: readonly string[];
  readonly lookups: readonly string[];
  readonly statuses: readonly string[];
  readonly severities: readonly string[];
  readonly factStates: readonly string[];
  readonly faultKinds: readonly string[];
}

/** The words of the inventory, which the explanation shares. */
export interface ListWords {
  readonly origins: readonly string[];
  readonly referenceKinds: readonly string[];
}

/** A value of a schema and the keys that lead to it. */
interface SchemaNode {
  readonly path: readonly string[];
  /** undefined takes the last key away. */
  readonly value: unknown;
}

/**
 * A path of the repository, however it is written; `flawOf` of `src/text/repository-path.ts` says why, and more of
 * characters that can't be seen. A glob that is none of one.
 */
const outside = '(?!/)(?!(?:\\./+)*[A-Za-z]:)(?!(?:.*/)?\\.\\.(?:/|$))';
const unseen = '\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069';
/** Where a whitelist may be. */
export const whitelistPath = `^${outside}(?!(?:.*/)?\\.[gG][iI][tT](?:/|$))[^\\\\${unseen}]*\\.ya?ml(?:/\\.?)*$`;
const addedGlob = `(?!(?:\\./+)*(?:!|$))${outside}[^\\\\\\u0000]+`;

/** A glob that comes to the defaults, or one of these with a `!`, which takes it away. */
function ignoredGlob(ignoredByDefault: readonly string[]): string {
  const taken = ignoredByDefault.map((glob) => glob.replace(/[.*/]/g, String.raw`\$&`)).join('|');
  return `^(?:!(?:${taken})|${addedGlob})$`;
}

/** Names of which one is only wildcards stand for everything; `Everything` of `src/config/check.ts` says why. */
const someModule = '^(?!\\*+$).*\\S';
const somePackage = '[A-Za-z0-9]';

/** An https address without credentials; `registryProblem` of `src/config/registry.ts` says why. */
const registryAddress = { type: 'string', pattern: '^[hH][tT][tT][pP][sS]://(?![^/]*@)[^\\s?#$]+$' };
const registryAddresses = {
  oneOf: [registryAddress, { type: 'array', minItems: 1, items: registryAddress }],
};

/** @returns The text of the config's schema with the nodes that follow from rules, ecosystems and types. */
export function configSchema(text: string, words: ConfigWords): string {
  const { rules, ecosystems } = words;
  return withNodes(text, [
    { path: ['properties', 'trust', 'enum'], value: words.trust },
    { path: ['properties', 'rules', 'not'], value: severalNamesOfOne(rules) },
    { path: ['properties', 'rules', 'properties'], value: ruleLevels(rules, words.levels) },
    {
      path: ['properties', 'registries', 'properties'],
      value: Object.fromEntries(ecosystems.map(({ id }) => [id, registryAddresses])),
    },
    { path: ['properties', 'lookup', 'enum'], value: words.lookup },
    { path: ['properties', 'assistants', 'enum'], value: words.assistants },
    { path: ['properties', 'policyFrom', 'enum'], value: words.policyFrom },
    { path: ['properties', 'requested', 'enum'], value: words.requested },
    { path: ['properties', 'commands', 'enum'], value: words.commands },
    { path: ['properties', 'whitelist', 'pattern'], value: whitelistPath },
    { path: ['properties', 'extends', 'items', 'pattern'], value: whitelistPath },
    { path: ['properties', 'ignorePaths', 'items', 'pattern'], value: ignoredGlob(words.ignorePaths) },
    { path: ['properties', 'ambient', 'items', 'pattern'], value: someModule },
    { path: ['properties', 'localModules', 'items', 'pattern'], value: someModule },
    { path: ['properties', 'privateNames', 'items', 'pattern'], value: somePackage },
  ]);
}

/** @returns The text of the report's schema with the words of today. Rules and grades stay open: new ones may come. */
export function reportSchema(text: string, words: ReportWords): string {
  return withNodes(text, [
    { path: ['properties', 'summary', 'properties', 'scope', 'enum'], value: words.scopes },
    { path: ['properties', 'summary', 'properties', 'lookups', 'enum'], value: words.lookups },
    { path: ['$defs', 'status', 'enum'], value: words.statuses },
    { path: ['$defs', 'finding', 'properties', 'severity', 'enum'], value: words.severities },
    { path: ['$defs', 'evidence', 'properties', 'state', 'enum'], value: words.factStates },
    { path: ['$defs', 'fault', 'properties', 'kind', 'enum'], value: words.faultKinds },
  ]);
}

/** @returns The text of the inventory's schema with the words of today. */
export function listSchema(text: string, words: ListWords): string {
  return withNodes(text, [
    { path: ['$defs', 'origin', 'enum'], value: words.origins },
    { path: ['$defs', 'reference', 'properties', 'kind', 'enum'], value: words.referenceKinds },
  ]);
}

/** Each rule by each of its names; a former one is deprecated. */
function ruleLevels(rules: readonly ConfigurableRule[], levels: readonly string[]): Record<string, unknown> {
  const entries = rules.flatMap(({ id, formerIds = [], fixed }): (readonly [string, unknown])[] => {
    const level = fixed ? { const: 'error' } : { enum: levels };
    const current = fixed ? { ...level, description: 'Its severity can’t be lowered.' } : level;
    const former = { ...level, deprecated: true, description: `The former name of ${id}.` };
    return [[id, current], ...formerIds.map((formerId) => [formerId, former] as const)];
  });
  return Object.fromEntries(entries);
}

/** A config names a rule once: by one of its names. */
function severalNamesOfOne(rules: readonly ConfigurableRule[]): unknown {
  const pairs = rules.flatMap(({ id, formerIds = [] }) =>
    [...formerIds, id].flatMap((name, index, names) =>
      names.slice(index + 1).map((later) => ({
        properties: { [name]: {}, [later]: {} },
        required: [name, later],
      })),
    ),
  );
  return pairs.length > 1 ? { anyOf: pairs } : pairs[0];
}

/** Sets nodes of a JSON text. What is equal, in its order too, stays as it is written. */
function withNodes(text: string, nodes: readonly SchemaNode[]): string {
  let current = text;
  for (const { path, value } of nodes) {
    const root = parseTree(current);
    const parent = root && findNodeAtLocation(root, path.slice(0, -1));
    if (parent?.type !== 'object') throw new Error(`the schema has no ${path.slice(0, -1).join('.')}`);
    const node = root && findNodeAtLocation(root, [...path]);
    const written: unknown = node && getNodeValue(node);
    if (JSON.stringify(written) === JSON.stringify(value)) continue;
    current = applyEdits(current, modify(current, [...path], value, { formattingOptions }));
  }
  return current;
}

const formattingOptions = { insertSpaces: true, tabSize: 2 };
