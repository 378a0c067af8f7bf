import { TOOL } from '../model/tool.ts';
import { commandAt } from './command-at.ts';
import { locateProject } from './locate.ts';
import type { ProcessContext } from './process.ts';
import { openProject } from './project.ts';

/** @returns How people start this tool in their working folder, where nothing of its project is open. */
export async function toolStart(context: ProcessContext): Promise<string> {
  const location = locateProject(context, 'head');
  const project = await openProject({ kind: 'all' }, location, { context });
  if (project.kind === 'fault') return TOOL;
  try {
    return await commandAt(project.policyFiles, location.root, context);
  } finally {
    project.close();
  }
}
