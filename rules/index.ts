import type { Finding as AnyFinding } from '../src/model/finding.ts';
import { HOME } from '../src/model/tool.ts';
import type { Report as AnyReport } from '../src/model/report.ts';
import { deniedPackage } from './denied-package/rule.ts';
import { expiredApproval } from './expired-approval/rule.ts';
import { foreignSource } from './foreign-source/rule.ts';
import { missingModule } from './missing-module/rule.ts';
import { policyChange } from './policy-change/rule.ts';
import { unapprovedPackage } from './unapproved-package/rule.ts';
import { unclearImport } from './unclear-import/rule.ts';
import { unreviewedPackage } from './unreviewed-package/rule.ts';

/** Every rule, gravest first. */
export const rules = [
  deniedPackage,
  unapprovedPackage,
  expiredApproval,
  foreignSource,
  missingModule,
  unreviewedPackage,
  policyChange,
  unclearImport,
] as const;

export type RuleId = (typeof rules)[number]['id'];
export type Finding = AnyFinding<RuleId>;
export type Report = AnyReport<RuleId>;

/** @returns Where people read about a rule. */
export function rulePage(rule: RuleId): string {
  return `${HOME}/blob/main/rules/${rule}/README.md`;
}
