import type { Report } from '../../rules/index.ts';
import type { DecisionAids } from './request-lines.ts';

/** Circumstances of the output that a reporter may need. */
export interface Setting {
  readonly color: boolean;
  /** This tool's version, as in https://semver.org. */
  readonly version: string;
  /** How many columns the terminal has; 80 where the output is none. */
  readonly width: number;
  /** Every place of a package is shown, however many they are. Only reports for people ever leave some out. */
  readonly verbose: boolean;
  /** Whoever decides about requests reads this: they are listed, with what a decision takes. Left out: they are not. */
  readonly decisions?: DecisionAids | undefined;
}

/** One output format. Adding one is a file in `src/reporters` and a line in its list. */
export interface Reporter {
  readonly id: string;
  /** @returns The report as text that ends with a newline, or '' where there is nothing to say. */
  render(report: Report, setting: Setting): string;
}
