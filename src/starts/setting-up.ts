/**
 * The files that bring this tool, configure it or start it, as patterns of git
 * (https://git-scm.com/docs/gitglossary#def_pathspec): manifests, hooks, the files of hook managers, and CI where `init`
 * writes it. Programs and prose that name the tool, or a comment for it, are none of them.
 */
export const settingUpFiles = [
  '*package.json',
  '*pyproject.toml',
  '*pre-commit',
  '*pre-merge-commit',
  '*pre-push',
  '*.husky/*',
  '*lefthook*.[jty]*',
  '*simple-git-hooks.*js*',
  '*.pre-commit-config.y*ml',
  '.github/workflows/*',
  '.gitlab*.y*ml',
];

/**
 * A name of this tool that stands in no comment: before it, no `#` begins a line or stands behind a space. JSON has no
 * comments, and names it in quotation marks.
 */
export const namedInCode = '^([^#]|[^#[:space:]]#)*(check|vetted)-imports|"(check|vetted)-imports"';

const isSettingUp = new RegExp(
  `^(?:${settingUpFiles.map((pattern) => pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '.*')).join('|')})$`,
  'is',
);
const namesInCode = new RegExp(namedInCode.replace('[:space:]', String.raw`\s`));

/**
 * @param path Relative to the root.
 * @returns The 1-based lines by which a file sets this tool up, as the hooks of a clone see it where the tool is missing.
 */
export function settingUpLines(path: string, text: string): readonly number[] {
  if (!isSettingUp.test(path)) return [];
  return text.split('\n').flatMap((line, at) => (namesInCode.test(line) ? [at + 1] : []));
}
