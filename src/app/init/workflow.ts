import type { PolicyChoice } from '../../snapshots/scope-request.ts';
import { SETTINGS_NAME, TOOL } from '../../model/tool.ts';

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
    '      - uses: actions/checkout@v5',
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

/** @returns Who judges in a workflow that this version wrote; null of any other text. */
export function judgeIn(text: string | null, version: string): PolicyChoice | null {
  return policyChoices.find((judge) => workflowOf(version, judge) === text) ?? null;
}
