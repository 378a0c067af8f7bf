import { join } from 'node:path';
import { statIfThere, textIfThere } from './if-there.ts';
import { commonFolder, type Repository } from './repository.ts';

/**
 * @returns A text that is another one once HEAD leads to another commit, without a process of git: HEAD, the ref that it
 *   names, and when the files that hold refs together were written
 *   (https://git-scm.com/docs/gitrepository-layout).
 */
export function headState(repository: Repository): string {
  const { gitDir } = repository;
  const head = textOf(join(gitDir, 'HEAD'));
  // A linked worktree has a HEAD of its own and shares its refs.
  const common = commonFolder(repository);
  const ref = /^ref: (refs\/[^\n]+)$/m.exec(head)?.[1];
  const tip = ref === undefined || ref.split('/').includes('..') ? '' : textOf(join(common, ref));
  const together = ['packed-refs', 'reftable/tables.list'].map((name) => timeOf(join(common, name)));
  return [head, tip, ...together].join('\0');
}

function textOf(file: string): string {
  return textIfThere(file) ?? '';
}

function timeOf(file: string): string {
  return String(statIfThere(file)?.mtimeMs ?? '');
}
