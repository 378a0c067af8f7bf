/** One way in which a change loosens policy: an approval, a removed denial, an edit of the config. */
export interface PolicyChange {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly by: string | null;
  readonly reason: string | null;
}
