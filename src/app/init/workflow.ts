import type { PolicyChoice } from '../../snapshots/scope-request.ts';
import { SETTINGS_NAME, TOOL } from '../../model/tool.ts';
import { stepUse } from './actions.ts';

/** Where GitHub looks for workflows; the file is named after this tool. */
export const WORKFLOW = `.github/workflows/${TOOL}.yml`;

/** Who can judge, the usual answer first. */
export const policyChoices: readonly PolicyChoice[] = ['auto', 'base', 'head'];

/**
 * The workflow that docs/ci.md shows: each change is checked, and once a week what was approved is asked about again. It
 * takes no secret, and may write nothing.
 *
 * @param version Of this tool: the action and the package of the weekly job. @param judge Who judges.
 */
export function workflowOf(version: string, judge: PolicyChoice): string {
  const checkout = [
    `      - uses: ${stepUse('actions/checkout')}`,
    '        with:',
    '          fetch-depth: 0',
    '          persist-credentials: false',
  ];
  const lines = [
    `# ${WORKFLOW}`,
    `name: ${TOOL}`,
    'on:',
    '  pull_request:',
    '  merge_group:',
    '  schedule:',
    "    - cron: '17 5 * * 1'",
    'permissions:',
    '  contents: read',
    'jobs:',
    `  ${TOOL}:`,
    "    if: github.event_name != 'schedule'",
    '    runs-on: ubuntu-latest',
    '    steps:',
    ...checkout,
    `      - uses: ${TOOL}/${TOOL}@v${version}`,
    ...(judge === 'auto' ? [] : ['        with:', `          policy-from: ${judge}`]),
    '  approved-packages:',
    "    if: github.event_name == 'schedule'",
    '    runs-on: ubuntu-latest',
    '    steps:',
    ...checkout,
    '      - run: |',
    '          cd "$(mktemp -d)"',
    `          npm install --ignore-scripts --no-audit --no-fund ${TOOL}@${version}`,
    `          node node_modules/${TOOL}/bin/${SETTINGS_NAME}.js --cwd "$GITHUB_WORKSPACE" review --baseline`,
  ];
  return `${lines.join('\n')}\n`;
}

/** The jobs for GitLab, which its own file includes. */
export const JOBS = `.gitlab/${TOOL}.yml`;

/**
 * The jobs that docs/ci.md shows: one for every change, and one for the pipelines of a schedule, which a person sets up.
 *
 * @param version Of this tool. @param judge Who judges.
 */
export function jobsOf(version: string, judge: PolicyChoice): string {
  const install = `    - cd "$(mktemp -d)" && npm install --ignore-scripts --no-audit --no-fund ${TOOL}@${version}`;
  const start = `    - node node_modules/${TOOL}/bin/${SETTINGS_NAME}.js --cwd "$CI_PROJECT_DIR"`;
  const lines = [
    `# ${JOBS}`,
    `${TOOL}:`,
    '  image: node:22',
    '  rules:',
    '    - if: $CI_PIPELINE_SOURCE == "merge_request_event"',
    '    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
    '  variables:',
    "    GIT_DEPTH: '0'",
    '  script:',
    install,
    `${start} ci`,
    `      --sarif "$CI_PROJECT_DIR/${TOOL}.sarif"${judge === 'auto' ? '' : ` --policy-from ${judge}`}`,
    '  artifacts:',
    '    when: always',
    `    paths: [${TOOL}.sarif]`,
    '',
    'approved-packages:',
    '  image: node:22',
    '  rules:',
    '    - if: $CI_PIPELINE_SOURCE == "schedule"',
    '  script:',
    install,
    `${start} review --baseline`,
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * @param text The file that names the jobs of a pipeline (https://docs.gitlab.com/ci/yaml/#include); null where there is
 *   none.
 * @returns The text with the jobs of this tool; null where it includes something else already, as only a person merges that.
 */
export function withInclude(text: string | null): string | null {
  const include = `include:\n  - local: /${JOBS}\n`;
  if (text === null || text === '') return include;
  if (text.includes(`/${JOBS}`)) return text;
  if (/^["']?include["']?\s*:/m.test(text) || /^(?:---|\.\.\.|%)/m.test(text)) return null;
  return `${text}${text.endsWith('\n') ? '' : '\n'}${include}`;
}

/** @returns The text without the jobs; null where nothing is left. A list of several files loses its line. */
export function withoutInclude(text: string): string | null {
  const line = `  - local: /${JOBS}\n`;
  const alone = text.replace(new RegExp(`^include:\\n${line}(?! *-)`, 'm'), '');
  const remainingText = alone === text ? text.replace(line, '') : alone;
  return remainingText === '' ? null : remainingText;
}

/** A host, and what `init` writes for it. */
export interface CiHost {
  /** The file that this tool alone writes. */
  readonly file: string;
  readonly textOf: (version: string, judge: PolicyChoice) => string;
  /** Where it looks for CODEOWNERS, in its order. */
  readonly ownerFiles: readonly string[];
  /** What says what its CI runs, relative to the root. */
  readonly ciFiles: readonly string[];
  /** The file that includes the other one; null where the host finds that by itself. */
  readonly including: string | null;
  /** What a person does in the host's settings. */
  readonly advice: string;
}

/** The hosts, by the words of `--ci`. */
export const hosts: Readonly<Record<'github' | 'gitlab', CiHost>> = {
  // https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
  github: {
    file: WORKFLOW,
    textOf: workflowOf,
    ownerFiles: ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'],
    ciFiles: ['.github/'],
    including: null,
    advice: `On GitHub, have the branch’s protection require the job ${TOOL} and reviews from Code Owners.`,
  },
  // https://docs.gitlab.com/user/project/codeowners/#codeowners-file
  gitlab: {
    file: JOBS,
    textOf: jobsOf,
    ownerFiles: ['CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'],
    ciFiles: ['.gitlab-ci.yml', '.gitlab/'],
    including: '.gitlab-ci.yml',
    advice:
      'On GitLab, have the protected branch require approval by code owners, demand that pipelines succeed, and set up a weekly pipeline schedule.',
  },
};

/** @returns Who judges by the first word that a file of CI has for it, whoever wrote that; null where it has none. */
export function judgeIn(text: string | null): PolicyChoice | null {
  const word = /policy-from[:= ]+["']?(\w+)/.exec(text ?? '')?.[1];
  return policyChoices.find((judge) => judge === word) ?? null;
}

/** @returns Whether a version of `init` wrote a text. */
export function isWritten({ textOf }: CiHost, text: string): boolean {
  const version = new RegExp(`${TOOL}@v?(\\d[\\w.+-]*)`).exec(text)?.[1];
  return (
    version !== undefined &&
    policyChoices.some((judge) => withoutCheckout(textOf(version, judge)) === withoutCheckout(text))
  );
}

/** Which state of the action checks out, an older version of `init` said otherwise, and bots say anew. */
function withoutCheckout(text: string): string {
  return text.replaceAll(/(actions\/checkout@).*/g, '$1');
}
