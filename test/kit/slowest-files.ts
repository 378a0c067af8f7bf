import type { Reporter } from 'vitest/node';

const COUNT = 10;

/** A reporter that prints, after a run, the test files that took longest, with their seconds. */
export default function slowestFiles(): Reporter {
  return {
    onTestRunEnd: (modules) => {
      const files = modules.map((module) => {
        const { duration, collectDuration } = module.diagnostic();
        return { file: module.relativeModuleId, seconds: (duration + collectDuration) / 1000 };
      });
      const slowest = files.toSorted((a, b) => b.seconds - a.seconds).slice(0, COUNT);
      const lines = slowest.map(({ file, seconds }) => `${seconds.toFixed(1).padStart(8)} s  ${file}`);
      process.stdout.write(`\nThe slowest of ${String(files.length)} files:\n${lines.join('\n')}\n`);
    },
  };
}
