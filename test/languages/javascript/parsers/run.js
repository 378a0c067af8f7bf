/**
 * Reads whole corpora with every parser of JavaScript: `npm run parsers`. Prints how many programs each corpus has, in
 * how many of them the parsers find different references (which ends with 1), and every text that only one accepts.
 */
import path from 'node:path';
import { bundle } from '../../../kit/bundle.js';

const root = path.resolve(import.meta.dirname, '../../../..');
await bundle(root, 'test/languages/javascript/parsers/index.ts', 'parsers.js');
const { Comparison, corporaIn } = await import('../../../../.fuzz/parsers.js');

const comparison = new Comparison();
let differences = 0;
for (const { title, programs } of corporaIn(root)) {
  const seen = { same: 0, differs: 0, only: 0, rejected: 0 };
  for (const { name, ...source } of programs()) {
    const verdict = comparison.compare(source);
    seen[verdict.kind] += 1;
    if (verdict.kind === 'only')
      console.log(`  only ${verdict.parser} accepts ${name}; the other one: ${verdict.message}`);
    if (verdict.kind === 'differs')
      console.log(`  ${name}: ${verdict.between} differ:\n${verdict.first}\n${verdict.second}`);
  }
  differences += seen.differs;
  const files = seen.same + seen.differs + seen.only + seen.rejected;
  console.log(
    `${title}: ${files} programs, ${seen.differs} differences, ${seen.only} that only one accepts, ${seen.rejected} that none accepts`,
  );
}
process.exitCode = differences > 0 ? 1 : 0;
