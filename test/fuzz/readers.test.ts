import { describe, expect, test } from 'vitest';
import { rounds } from '../kit/length.ts';
import { projectRoot } from '../kit/scratch.ts';
import { mutant, readersOf } from './readers.ts';

/** Texts for each reader in every run of the tests. `npm run fuzz` reads many more. */
const TEXTS = rounds(16, 1_500);
/** A reader that is in a loop never ends; one on a busy machine does. In milliseconds. */
const PATIENCE = 300_000;
const seed = Number(process.env['FC_SEED'] ?? '20261123');

describe.each(readersOf(projectRoot))('$id', ({ seeds, read }) => {
  test('has texts to change, and understands them', async () => {
    expect(seeds.length).toBeGreaterThan(0);
    for (const text of seeds) await read(text);
  });

  test(
    'has an answer to every text',
    async () => {
      for (let number = seed; number < seed + TEXTS; number += 1) {
        const text = mutant(seeds, number);
        try {
          await read(text);
        } catch (error) {
          throw new Error(`text ${String(number)}: ${JSON.stringify(text.slice(0, 2_000))}`, {
            cause: error,
          });
        }
      }
    },
    PATIENCE,
  );
});
