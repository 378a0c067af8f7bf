import { visible } from '../text/escape.ts';
import type { ExitCode } from '../app/process.ts';
import type { Decision } from '../app/decision.ts';
import type { Desk } from '../app/whitelist-session.ts';
import { offerStaging } from './offer-staging.ts';
import { writeDecisions } from '../app/write-decisions.ts';

/** Writes decisions, says line by line what was written, and offers to stage the file. */
export async function carryOut(
  decisions: readonly Decision[],
  desk: Desk,
  stage: boolean | undefined,
): Promise<ExitCode> {
  const { world, ground, whitelist, project } = desk;
  const wasThere = project.policy.whitelist.exists;
  const { changed, state, lines } = await writeDecisions(desk, decisions);
  for (const line of lines) world.stdout.write(`${visible(line, 2000)}\n`);
  if (!changed) return 0;
  if (!wasThere)
    world.stderr.write(
      `${visible(whitelist)} is new. From now on it decides, and no longer what manifests declare: \`init\` takes that into its baseline.\n`,
    );
  await offerStaging({ paths: [whitelist], state, wanted: stage }, { world, ground });
  return 0;
}
