/**
 * What distributions add to the name of their module with a separator, to tell that they are of Python or to find a
 * free name: `python-flint` has `flint`, `automata-lib` has `automata`. Of 435 wheels, 10 of the 14 with such a name
 * have the module without it. Names without a separator don't tell: of 46 with `py` before another word, 38 have a
 * module of the same name (`pyspark`). Nothing is taken from a module's name, so that `numpy` never stands for
 * `numpy_utils`.
 */
const affixes: readonly (readonly [prefix: string, suffix: string])[] = [
  ['python-', ''],
  ['', '-python'],
  ['py-', ''],
  ['', '-py'],
  ['', '-lib'],
];

/** @returns The distributions that may have a top-level module of which only its name is known, but for that name itself. */
export function namesWithAffixes(module: string): readonly string[] {
  return affixes.map(([prefix, suffix]) => prefix + module + suffix);
}
