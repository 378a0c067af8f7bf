import { asList, member, members } from '../../documents/values.ts';

/** The keys of a hook that hold a command, or its words. */
const commandKeys = ['command', 'exec', 'args', 'bash', 'powershell', 'command_windows'];

/** How every version of this tool is started by an assistant. */
const ownCommand = /(?:^|[\s"'/\\])(?:check|vetted)-imports(?:\.js|\.exe)?["']? agent-hook(?= |$)/;

/** What a person may add to the command. */
const flag = /--(?:mode|on-fault)[ =]\w+/g;

/** @returns Whether a hook starts `agent-hook`, in whatever version. */
export function isOwnHook(hook: unknown): boolean {
  return ownCommand.test(commandOf(hook));
}

/**
 * @param entry A hook, or a group of them; null for none.
 * @returns The flags that a person has added to its command, each with a blank before it: ` --mode advise`.
 */
export function flagsOf(entry: unknown): string {
  const [hook = entry] = asList(member(entry, 'hooks'));
  const [command = ''] = commandOf(hook).split('\n');
  return [...command.matchAll(flag)].map(([text]) => ` ${text.replace('=', ' ')}`).join('');
}

/** @returns The commands of a hook, one a line; one with its arguments behind it. */
function commandOf(hook: unknown): string {
  const values = new Map(members(hook));
  const texts = commandKeys.flatMap((key) => {
    const value = values.get(key);
    if (typeof value === 'string') return [value];
    return Array.isArray(value) ? [value.filter((word) => typeof word === 'string').join(' ')] : [];
  });
  const isSplit = values.has('args');
  return texts.join(isSplit ? ' ' : '\n');
}
