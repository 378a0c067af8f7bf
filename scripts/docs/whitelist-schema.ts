import type { NameGrammar } from '../../src/model/ecosystem.ts';
import type { EntryKind } from '../../src/model/status.ts';
import type { FieldKey } from '../../src/whitelist/entry.ts';
import { whitelistPath } from './schemas.ts';

/** An ecosystem as the schema of the whitelist needs to know it. */
export interface KeyedEcosystem {
  readonly id: string;
  readonly title: string;
  grammar(): NameGrammar;
}

/** What the schema of the whitelist follows from. */
export interface WhitelistWords {
  readonly ecosystems: readonly KeyedEcosystem[];
  /** The decisions, the strictest first. */
  readonly kinds: readonly EntryKind[];
  /** The keys that mean something beside each decision. */
  readonly keysOf: Readonly<Record<EntryKind, readonly FieldKey[]>>;
  /** In code points. */
  readonly longestReason: number;
  /** What `covers` may name. */
  readonly coverableWords: readonly string[];
}

type Schema = Readonly<Record<string, unknown>>;

/**
 * @returns The text of the whitelist's schema; nothing of it is written by hand.
 * @throws Error where a grammar can't become part of an expression.
 */
export function whitelistSchema(words: WhitelistWords): string {
  const { ecosystems, coverableWords } = words;
  return JSON.stringify({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'The whitelist of vetted-imports (approved-packages.yaml)',
    description:
      'What people decided about packages, one line each. Denied beats everything; an expired approval approves nothing; a request approves nothing.',
    type: ['object', 'null'],
    additionalProperties: false,
    properties: partSchemas(ecosystems),
    definitions: {
      covered: { type: 'string', anyOf: [{ enum: coverableWords }, {}] },
      path,
      entry: entrySchema(words),
      ...Object.fromEntries(ecosystems.flatMap(entryDefinitions)),
    },
  });
}

const path = {
  description: 'A path from the repository’s root, with /.',
  type: 'string',
  minLength: 1,
  pattern: whitelistPath,
};

function partSchemas(ecosystems: readonly KeyedEcosystem[]): Schema {
  return {
    covers: {
      description:
        'The ecosystems and places (commands: what commands install) that this file decides about; manifests decide about the rest. A version that does not know a word reports it.',
      ...oneOrSeveral('#/definitions/covered'),
    },
    extends: {
      description: 'Further whitelist files of this repository, one level deep.',
      ...oneOrSeveral('#/definitions/path'),
    },
    packages: {
      description: 'A line for each package, in the order of the keys: npm:lodash: { approved: WHY }',
      type: ['object', 'null'],
      additionalProperties: false,
      patternProperties: Object.fromEntries(
        ecosystems.flatMap(keysIn).map(({ pattern, definition }) => [pattern, { $ref: definition }]),
      ),
    },
  };
}

function oneOrSeveral($ref: string): Schema {
  return { oneOf: [{ $ref }, { type: 'array', items: { $ref } }] };
}

/** Keys of packages and, where there are scopes, those of whole scopes, with what their entries are. */
function keysIn(
  ecosystem: KeyedEcosystem,
): readonly { readonly pattern: string; readonly definition: string }[] {
  const { id } = ecosystem;
  const { name, scope, longestName } = ecosystem.grammar();
  const start = `^${id}:(?=.{1,${longestName}}$)`;
  const packages = { pattern: `${start}${inside(name)}$`, definition: `#/definitions/${id}` };
  if (scope === null) return [packages];
  return [packages, { pattern: `${start}${inside(scope)}/\\*$`, definition: `#/definitions/${id}-scope` }];
}

/** @returns The expression between its start and its end, without the escapes that only JavaScript asks for. */
function inside({ source, flags }: RegExp): string {
  if (!source.startsWith('^') || !source.endsWith('$') || flags.replace('u', '') !== '')
    throw new Error(`a grammar meets a whole text and has no flag but u: ${source}`);
  return source.slice(1, -1).replaceAll('\\/', '/');
}

/** Modules are those of an ecosystem; of a whole scope nobody can say which modules or which source it has. */
function entryDefinitions(ecosystem: KeyedEcosystem): readonly (readonly [name: string, schema: Schema])[] {
  const { id, title } = ecosystem;
  const { module, scope } = ecosystem.grammar();
  const items = { type: 'string', pattern: `^${inside(module)}$` };
  const entry = { type: 'object', allOf: [{ $ref: '#/definitions/entry' }] };
  const ofPackage = {
    description: `A package on ${title}.`,
    ...entry,
    properties: { imports: { type: ['array', 'null'], items } },
  };
  const ofScope = {
    description: `All packages of a scope on ${title}.`,
    ...entry,
    properties: { imports: { type: 'null' }, source: { type: 'null' } },
  };
  const packages = [id, ofPackage] as const;
  return scope === null ? [packages] : [packages, [`${id}-scope`, ofScope]];
}

/** Exactly one decision, with the keys that mean something beside it. */
function entrySchema({ kinds, keysOf, longestReason, ecosystems }: WhitelistWords): Schema {
  const fields = { use: packageKey(ecosystems), ...fieldSchemas };
  const order = Object.keys(fields);
  const keys = [...new Set(kinds.flatMap((kind) => keysOf[kind]))]
    .toSorted((left, right) => order.indexOf(left) - order.indexOf(right))
    .map((key) => [key, fields[key]] as const);
  const decisions = decisionSchemas(longestReason);
  return {
    type: 'object',
    properties: {
      ...Object.fromEntries(kinds.map((kind) => [kind, decisions[kind]])),
      ...Object.fromEntries(keys),
    },
    oneOf: kinds.map(deciding),
    allOf: kinds.map((kind) => ({
      if: deciding(kind),
      then: { propertyNames: { enum: [kind, ...keysOf[kind]] } },
    })),
  };
}

/** Validators that are strict ask for the property beside `required`. */
function deciding(kind: EntryKind): Schema {
  return { properties: { [kind]: {} }, required: [kind] };
}

function decisionSchemas(longestReason: number): Readonly<Record<EntryKind, Schema>> {
  const reason = (description: string): Schema => ({
    description,
    type: ['string', 'number', 'boolean'],
    pattern: '\\S',
    maxLength: longestReason,
  });
  return {
    approved: reason('It may be used, in the whole repository; this is why.'),
    denied: reason('It may not be used, whatever approves it; this is why.'),
    requested: reason('Someone asks for it, which approves nothing; this is why.'),
    baseline: {
      description: 'It was in use on this day, when the linter came; the baseline only ever shrinks.',
      type: 'string',
      format: 'date',
    },
  };
}

function packageKey(ecosystems: readonly KeyedEcosystem[]): Schema {
  const keys = ecosystems.flatMap(keysIn).map(({ pattern }) => ({ type: 'string', pattern }));
  return {
    description: 'What to use instead, as its key would be: npm:undici.',
    anyOf: [{ type: 'null' }, ...keys],
  };
}

/** The keys beside a decision, in the order in which they are written, but for `use`, which knows the ecosystems. */
const fieldSchemas: Readonly<Record<Exclude<FieldKey, 'use'>, Schema>> = {
  imports: {
    description: 'Modules that the package provides, as programs import them.',
    type: ['array', 'null'],
  },
  importsOf: text('The version of the package that has these modules, and no others: the tool writes it.'),
  source: text(
    'Another source than its registry that manifests may use for the package, as a foreign-source finding shows it: git+https://git.example.org/left-pad.git.',
  ),
  despite: text('The grade that the approval overrides, such as nonexistent.'),
  unverified: {
    description: 'No registry had answered when this was approved.',
    type: ['boolean', 'null'],
  },
  expires: day('The last day (UTC) of the approval.'),
  by: {
    ...text(
      'Who decided or asked, as in git: Ada L <ada@example.org>. A coding assistant asks as: assistant for Ada L <ada@example.org>.',
    ),
    pattern: '\\S',
  },
  date: day('When it was decided: year-month-day.'),
  created: day('The day of the first version, as the registry said when this was approved.'),
  repository: text('Where the sources are, as the registry told.'),
  asked: text('Who requested it before it was approved.'),
};

function text(description: string): Schema {
  return { description, type: ['string', 'number', 'boolean', 'null'] };
}

function day(description: string): Schema {
  return { description, type: ['string', 'null'], format: 'date' };
}
