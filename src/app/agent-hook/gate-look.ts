import { assistantVariables } from '../../model/assistant-environment.ts';

/** Names of git, of this tool, of what decides and of variables, and of programs and signs that write files. */
const MARKS = new RegExp(
  [
    'git|-imports|\\.ya?ml|CHECK_IMPORTS|HUSKY|LEFTHOOK|SKIP|unset|uninstall|>',
    assistantVariables.join('|'),
    '\\b(?:env|exec|tee|rm|unlink|shred|truncate|chmod|rmdir|mv|cp|ln|install|rsync|sed|perl|dd|find|curl|wget|del)\\b',
    '\\b(?:Remove|Set|Add|Out|Copy|Move)-\\w',
  ].join('|'),
);

/** @returns Whether a command may go past this tool; a quick look, which loads nothing. */
export function mayPassGate(text: string): boolean {
  return MARKS.test(text.replaceAll(/["'\\]/g, ''));
}
