/** Does this run take the suites of test/long-suites.ts at full length? `npm run test:long` does. */
export const isLong: boolean = process.env['TEST_LENGTH'] === 'long';

/** @returns How often to do something: in every run, and in a long one. */
export function rounds(short: number, long: number): number {
  return isLong ? long : short;
}
