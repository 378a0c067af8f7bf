/**
 * Addresses that assistants sign commits with, as author or in `Co-authored-by`, as their documentation or their
 * commits in public repositories show by 2026-11. Apps of GitHub need none: their names end in `[bot]`.
 */
export const assistantAddresses: readonly string[] = [
  'aider@aider.chat', // https://aider.chat/docs/git.html
  'amp@ampcode.com', // Amp
  'copilot@github.com', // GitHub Copilot, as people write it
  'copilot@users.noreply.github.com', // GitHub Copilot: with a number and + before it
  'crush@charm.land', // Crush
  'cursoragent@cursor.com', // Cursor
  'noreply@aider.chat', // aider, before 2025
  'noreply@anthropic.com', // https://docs.claude.com/en/docs/claude-code/settings
  'noreply@openai.com', // OpenAI Codex
  'codex@openai.com', // OpenAI Codex, as people write it
  'noreply@opencode.ai', // opencode
  'openhands@all-hands.dev', // OpenHands
  'qwen-coder@alibabacloud.com', // Qwen Code
];

/**
 * Names of accounts that belong to programs: apps of GitHub (`renovate[bot]`,
 * https://docs.github.com/en/apps/creating-github-apps), and the bots and service accounts of GitLab
 * (https://docs.gitlab.com/user/project/settings/project_access_tokens/#bot-users-for-projects,
 * https://docs.gitlab.com/user/group/settings/group_access_tokens/#bot-users-for-groups,
 * https://docs.gitlab.com/user/profile/service_accounts/).
 */
const botAccount = /\[bot\]$|^(?:project|group)_\d+_bot(?:\d*|_\w+)$|^service_account_\w+$/i;

/** @returns Whether an account's name is that of a program. A person may have any other. */
export function isBotAccount(name: string): boolean {
  return botAccount.test(name.trim());
}

/**
 * @param identity As git writes it: `Ada L <ada@example.org>`.
 * @returns Whether it is a bot or an assistant, by a mark that is there. Nobody has to bear one.
 */
export function isMachine(identity: string): boolean {
  const [name = '', address = ''] = identity.split('<', 2);
  const [mail = ''] = address.split('>', 1);
  // GitHub puts the number of the account before its name: 49699333+dependabot[bot]@users.noreply.github.com
  const email = mail
    .trim()
    .toLowerCase()
    .replace(/^\d+\+/, '');
  const [account = ''] = email.split('@', 1);
  return isBotAccount(name) || isBotAccount(account) || assistantAddresses.includes(email);
}
