export { Comparison } from './compare.ts';
export { corporaIn } from './corpora.ts';
