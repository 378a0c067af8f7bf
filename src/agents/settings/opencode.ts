import { PACKAGE } from '../../starts/script.ts';
import { pathIn } from '../../text/upwards.ts';
import type { AgentSettings } from './agent.ts';

/** The module of the package that opencode loads. */
export const OPENCODE_PLUGIN = 'dist/opencode.js';

const isPlugin = /(?:^|\/)vetted-imports(?:@[\w.^~-]+)?(?:\/(?:opencode|dist\/opencode\.[cm]?js))?$/;

/**
 * https://opencode.ai/docs/plugins, seen with 1.18.33. A path loads what the project has installed; the name of a package would
 * have opencode fetch its newest version. A module that is missing, or fails while it is loaded, is only logged.
 */
export const opencode: AgentSettings = {
  id: 'opencode',
  title: 'opencode',
  isBeta: false,
  needsPackage: true,
  files: ['opencode.json', 'opencode.jsonc'],
  lists: ['plugin'],
  frame: {},
  entries: ({ start }) => {
    const folder = start.kind === 'package' ? start.folder : '';
    return [{ path: ['plugin'], value: `./${pathIn(folder, PACKAGE)}/${OPENCODE_PLUGIN}` }];
  },
  isOwn: (item) => typeof item === 'string' && isPlugin.test(item),
  advice: [
    'opencode goes on without its plugin where that is not installed: the hook of commits still checks.',
  ],
  instructions: ['AGENTS.md'],
};
