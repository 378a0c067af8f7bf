import { execFileSync } from 'node:child_process';
import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os';

/** @returns What figures depend on besides the code. */
export function machineHere() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    os: `${type()} ${release().split('-')[0]} ${arch()}`,
    node: process.version,
    git: execFileSync('git', ['--version'], { encoding: 'utf8' })
      .trim()
      .replace(/^git version /, ''),
  };
}

/** @param {ReturnType<typeof machineHere>} machine */
export function sentenceOf({ cpu, cores, memory, os, node, git }) {
  return `${cores} cores of ${cpu}, ${memory}, ${os}, Node ${node}, git ${git}`;
}
