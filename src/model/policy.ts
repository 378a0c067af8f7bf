import type { Package } from './package.ts';

/** One way in which a change loosens policy: an approval, a removed denial, an edit of the config. */
export interface PolicyChange {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  /** The package that is newly approved; null where something else is loosened, or a whole scope. */
  readonly approves: Package | null;
  readonly by: string | null;
  readonly reason: string | null;
}
