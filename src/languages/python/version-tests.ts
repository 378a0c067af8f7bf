import type { Node } from 'web-tree-sitter';

/**
 * What programs call their tests of Python's version: `six.PY2`, `PY3`, `is_py2`, `IS_PYTHON2`, `__PY3__`
 * (https://six.readthedocs.io/#constants).
 */
const constant = /(?:^|\.)_{0,2}(?:is_?)?py(?:thon)?_?([23])k?(?:__)?$/i;

/** A part of the version, or all of it, compared with a literal; blanks are taken out before. */
const comparison =
  /^(?:sys\.)?(?:(version_info(?:\[0\]|\.major)|version\[0\])|(version_info(?:\[:[2-9]\])?|version)|(hexversion))([<>=!]=?)(?:\(?['"]?(\d)((?:,\d*)*)['"]?\)?|0x(\w+))$/;

/** The oldest Python that programs are checked for. */
const OLDEST = { minor: 9, hex: 0x03090000 } as const;

/** Longer conditions are no such test. In UTF-16 code units. */
const LONGEST = 200;

/**
 * Tells what a condition comes to on every Python that programs are checked for.
 *
 * @returns undefined where that depends on the Python, or on something else.
 */
export function versionTest(condition: Node | null): boolean | undefined {
  if (condition === null || condition.endIndex - condition.startIndex > LONGEST) return undefined;
  switch (condition.type) {
    case 'parenthesized_expression':
      return versionTest(condition.namedChild(0));
    case 'not_operator':
      return negated(versionTest(condition.childForFieldName('argument')));
    case 'boolean_operator': {
      const sides = [condition.childForFieldName('left'), condition.childForFieldName('right')].map(
        versionTest,
      );
      // What decides an `and` is a side that is false, an `or` one that is true.
      const decisive = condition.childForFieldName('operator')?.type === 'or';
      if (sides.includes(decisive)) return decisive;
      return sides.includes(undefined) ? undefined : !decisive;
    }
    case 'comparison_operator':
      return comparedWith(condition.text.replace(/\s+/g, ''));
    case 'identifier':
    case 'attribute': {
      const [, major] = constant.exec(condition.text) ?? [];
      return major === undefined ? undefined : major === '3';
    }
    default:
      return undefined;
  }
}

function comparedWith(text: string): boolean | undefined {
  const [, part, all, number, operator = '', major = '', fields = '', hex] = comparison.exec(text) ?? [];
  if (part !== undefined) return ordered(Math.sign(3 - Number(major)), operator);
  if (number !== undefined) return Number(`0x${hex ?? ''}`) < OLDEST.hex ? ordered(1, operator) : undefined;
  if (all === undefined) return undefined;
  if (Number(major) !== 3) return ordered(Math.sign(3 - Number(major)), operator);
  const [minor, ...patch] = fields.split(',').filter((field) => field !== '');
  if (minor === undefined || Number(minor) < OLDEST.minor) return ordered(1, operator);
  // Of the oldest version itself, more than two numbers may say less.
  const isOldest = Number(minor) === OLDEST.minor && patch.length === 0;
  return isOldest && /^(?:<|>=)$/.test(operator) ? ordered(1, operator) : undefined;
}

/** @param sign That of what is compared, less what it is compared with. */
function ordered(sign: number, operator: string): boolean | undefined {
  switch (operator) {
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0;
    case '>=':
      return sign >= 0;
    case '==':
      return sign === 0;
    case '!=':
      return sign !== 0;
    default:
      return undefined;
  }
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}
