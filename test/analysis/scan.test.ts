import { cpSync } from 'node:fs';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { outputOn } from '../../src/cli/output.ts';
import { locateProject } from '../../src/app/locate.ts';
import { openProject } from '../../src/app/project.ts';
import type { Language } from '../../src/model/language.ts';
import { Analysis } from '../../src/analysis/analyse.ts';
import { projectRoot, Scratch } from '../kit/scratch.ts';
import { now } from '../kit/world.ts';
import { isLong } from '../kit/length.ts';

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

/*
 * The scan decides nothing: what it lets pass has nothing to report. So a run in which every file meets its parser says
 * exactly the same. The corpora are other people's shapes of projects and this project's own text.
 */
test.each([
  'fixtures/rules',
  'fixtures/projects/javascript',
  'fixtures/projects/python',
  ...(isLong ? ['fixtures/projects', 'src', 'test'] : []),
])('the report on %s is the same when no scan lets a file pass', async (corpus) => {
  const scratch = new Scratch();
  open.push(scratch);
  await scratch.git('init', '--quiet');
  cpSync(path.join(projectRoot, corpus), path.join(scratch.root, 'corpus'), { recursive: true });
  const scanned = await reportOn(scratch, (language) => language);
  const parsed = await reportOn(scratch, (language) => ({
    ...language,
    scan: () => ({ kind: 'unsure', reason: 'this run parses every file' }),
  }));
  expect(scanned.judged.length).toBeGreaterThan(0);
  expect(parsed).toEqual(scanned);
});

async function reportOn(scratch: Scratch, change: (language: Language) => Language) {
  const out = new Writable({
    write: (_, __, done) => {
      done();
    },
  });
  const world = {
    cwd: scratch.root,
    env: scratch.env,
    stdin: Readable.from([]),
    stdout: outputOn(out),
    stderr: outputOn(out),
    now,
  };
  const project = await openProject({ kind: 'all' }, locateProject(world, 'head'), { context: world });
  if (project.kind === 'fault') throw new Error(project.fault.message);
  try {
    const languages = project.analysisOptions.kinds.languages.map(change);
    const kinds = { ...project.analysisOptions.kinds, languages };
    const { judged, faults } = await new Analysis(project.scope, {
      ...project.analysisOptions,
      kinds,
    }).newReferences();
    return { judged, faults };
  } finally {
    project.close();
  }
}
