import type { Provider } from './finding.ts';
import { packageLabel } from './package.ts';

/**
 * @param whitelistFile The file that commands edit.
 * @returns The words of the command that records the modules of a package: an entry gets them added; a package without a
 *   decision gets one, and with it its modules. null where a person has to edit another file.
 */
export function recordWords(
  { package: subject, record, at }: Provider,
  whitelistFile: string,
): string | null {
  const label = packageLabel(subject);
  if (record !== 'decided') return `approve ${label} --reason "…"`;
  return at?.file === whitelistFile ? `approve --record-imports ${label}` : null;
}
