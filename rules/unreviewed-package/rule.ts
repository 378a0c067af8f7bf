import type { Rule } from '../../src/model/finding.ts';
import { packageLabel } from '../../src/model/package.ts';

/** A package that a manifest at the base declares while the whitelist, which is the authority, does not know it. */
export const unreviewedPackage: Rule<'unreviewed-package'> = {
  id: 'unreviewed-package',
  formerIds: ['unvouched-package'],
  summary: 'a package that a manifest declares and nobody decided about',
  severity: 'warn',
  gravest: 'error',
  fixed: false,
  judge(subject, { scope, command, whitelistFile }) {
    if (subject.kind !== 'use' || subject.status.kind !== 'declared') return undefined;
    const { elsewhere, status } = subject;
    const { at } = status;
    const name = packageLabel(subject.use.package);
    return {
      severity: scope === 'all' ? 'error' : 'warn',
      grade: null,
      message:
        elsewhere?.text ??
        `${at.file}:${String(at.line)} declares ${name}, but ${whitelistFile} has no decision about it`,
      next: elsewhere?.next ?? [`${command} review`],
    };
  },
};
