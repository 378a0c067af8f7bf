import type { Reporter } from './reporter.ts';

/** The output formats, each loaded when it is asked for. */
export const reporters: ReadonlyMap<string, () => Promise<Reporter>> = new Map([
  ['pretty', async () => (await import('./pretty.ts')).pretty],
  ['concise', async () => (await import('./concise.ts')).concise],
  ['json', async () => (await import('./json.ts')).json],
  ['sarif', async () => (await import('./sarif.ts')).sarif],
  ['github', async () => (await import('./github.ts')).github],
  ['markdown', async () => (await import('./markdown.ts')).markdown],
]);
