import { PACKAGE } from '../../starts/script.ts';
import { isJsonList, type Json } from '../../documents/json-lists.ts';
import { asList, asText } from '../../documents/values.ts';
import { pathIn } from '../../text/upwards.ts';
import type { AgentSettings } from './agent.ts';

/** The module of the package that opencode loads. */
export const OPENCODE_PLUGIN = 'dist/opencode.js';

const isPlugin = /(?:^|\/)vetted-imports(?:@[\w.^~-]+)?(?:\/(?:opencode|dist\/opencode\.[cm]?js))?$/;

/** With options, a plugin stands in a list with them. */
function optionsOf(item: Json): readonly Json[] {
  return isJsonList(item) ? item.slice(1) : [];
}

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
  entries: ({ start, present }) => {
    const path = ['plugin'];
    const plugin = `./${pathIn(start.kind === 'package' ? start.folder : '', PACKAGE)}/${OPENCODE_PLUGIN}`;
    const options = optionsOf(present(path));
    return [{ path, value: options.length === 0 ? plugin : [plugin, ...options] }];
  },
  isOwn: (item) => isPlugin.test(asText(item) ?? asText(asList(item)[0]) ?? ''),
  advice: [
    'opencode goes on without its plugin where that is not installed: the hook of commits still checks.',
  ],
  instructions: ['AGENTS.md'],
};
