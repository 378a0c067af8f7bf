import { test } from 'vitest';

test('computes for ever', { timeout: 100 }, () => {
  for (;;);
});
