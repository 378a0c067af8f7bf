/** Hears how many files are done. `done` ends it. */
export interface Progress {
  readonly step: (finished: number, total: number) => void;
  readonly done: () => void;
}

/** Shows nothing. */
export const noProgress: Progress = { step: () => undefined, done: () => undefined };
