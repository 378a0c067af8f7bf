/** What a use case takes from the process that it runs in. */
export interface ProcessContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  /** Hears that this run did what hooks wait for, so that its compiled code is worth keeping. */
  readonly onHookWork?: ((isSettled: boolean) => void) | undefined;
}
