/** Hears how many files, or what else is counted, are done. `done` ends it. */
export interface Progress {
  readonly step: (finished: number, total: number) => void;
  readonly done: () => void;
}

/** Shows nothing. */
export const noProgress: Progress = { step: () => undefined, done: () => undefined };
