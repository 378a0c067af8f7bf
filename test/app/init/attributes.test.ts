import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeLine, withLine, withoutLine } from '../../../src/app/init/attributes.ts';

test.each([
  ['approved-packages.yaml', 'approved-packages.yaml merge=union'],
  ['team/our list.yaml', '"team/our list.yaml" merge=union'],
])('the line for %j', (path, line) => {
  expect(mergeLine(path)).toBe(line);
});

test('what is added is taken out again, byte for byte', () => {
  const line = mergeLine('approved-packages.yaml');
  const text = fc.constantFrom('*.png binary', '*.png binary\n', 'a\n\n', '# x\r\n', '\n');
  fc.assert(
    fc.property(text, (before) => {
      expect(withoutLine(withLine(before, line), line)).toBe(before);
    }),
    { numRuns: 50 },
  );
  expect(withoutLine(withLine(null, line), line)).toBeNull();
  expect(withoutLine('*.png binary\n', line)).toBe('*.png binary\n');
});
