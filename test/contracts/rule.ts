import { isDeepStrictEqual } from 'node:util';
import { rules } from '../../rules/index.ts';
import { asList, asRecord } from '../../src/documents/values.ts';
import type { Rule } from '../../src/model/finding.ts';
import { filesIn, foldersIn, jsonAt, textOf } from './repository.ts';
import { unmet, type Requirement } from './requirement.ts';

const configSchema = 'schema/config.schema.json';

/** @returns What a rule lacks, a sentence each, which says where to write it. */
export function problemsOf(rule: Rule): readonly string[] {
  return unmet([...identity(rule), ...page(rule), ...fixtures(rule), ...schema(rule), ...row(rule)]);
}

function identity({ id, summary }: Rule): readonly Requirement[] {
  return [
    [
      /^[a-z]+(?:-[a-z]+)*$/.test(id),
      `its id ${JSON.stringify(id)} is not made of lower case words and hyphens`,
    ],
    [rules.filter((other) => other.id === id).length < 2, 'another rule has its id'],
    [textOf(`rules/${id}/rule.ts`) !== undefined, `write rules/${id}/rule.ts`],
    [/^\S.*[^\s.]$/.test(summary), 'its summary is no phrase: what it refuses, without a full stop'],
  ];
}

function page({ id }: Rule): readonly Requirement[] {
  const file = `rules/${id}/README.md`;
  const text = textOf(file);
  if (text === undefined)
    return [
      [
        false,
        `write ${file}: “# ${id}”, “## What it finds”, “## What to do”, “## False positives”, “## Config”`,
      ],
    ];
  const sections = ['What it finds', 'What to do'].map((heading): Requirement => {
    const [, body = ''] = new RegExp(`^## ${heading}\\n([^]*?)(?=^## |$(?![^]))`, 'm').exec(text) ?? [];
    return [body.trim() !== '', `${file} says nothing under “## ${heading}”`];
  });
  return [[text.startsWith(`# ${id}\n`), `${file} does not begin with “# ${id}”`], ...sections];
}

function fixtures({ id }: Rule): readonly Requirement[] {
  const folder = `fixtures/rules/${id}`;
  const cases = foldersIn(folder);
  const refused = cases.filter((name) => name.startsWith('ng-'));
  const unexpected = refused.filter((name) => !filesIn(`${folder}/${name}`).includes('expected.txt'));
  return [
    [refused.length > 0, `write ${folder}/ng-…: base, next, and in expected.txt what it finds there`],
    [
      cases.some((name) => name.startsWith('ok-')),
      `write ${folder}/ok-…: base, and a next in which it finds nothing`,
    ],
    ...unexpected.map((name): Requirement => [false, `write ${folder}/${name}/expected.txt`]),
  ];
}

/** The config takes every level of a rule, or, where it can't be configured down, that one. */
function schema({ id, formerIds = [], severity, fixed }: Rule): readonly Requirement[] {
  const properties = asRecord(jsonAt(configSchema, ['properties', 'rules', 'properties']));
  const levels = (name: string) => {
    const property = asRecord(properties.get(name));
    return property.has('const') ? [property.get('const')] : asList(property.get('enum')).toSorted();
  };
  const expected = fixed ? [severity] : ['error', 'off', 'warn'];
  return [id, ...formerIds].map((name) => [
    isDeepStrictEqual(levels(name), expected),
    `${configSchema} does not name ${name} in rules with ${expected.join(', ')}`,
  ]);
}

function row({ id, severity, summary }: Rule): readonly Requirement[] {
  const cells = (textOf('README.md') ?? '')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const expected = ['', `[${id}](rules/${id}/README.md)`, severity, summary, ''];
  return [
    [
      cells.some((line) => isDeepStrictEqual(line, expected)),
      'README.md has no row for it, or another one: run `npm run docs`',
    ],
  ];
}
