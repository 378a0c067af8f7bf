import { commands, window, workspace, type ExtensionContext } from 'vscode';
import { Session } from './session.ts';

/** The editor calls it when a workspace has a whitelist or a config of ours, or when somebody calls a command of ours. */
export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel('vetted-imports', { log: true });
  const session = new Session(context, output);
  const restart = () => session.restart();
  context.subscriptions.push(
    output,
    session,
    commands.registerCommand('check-imports.restart', restart),
    commands.registerCommand('check-imports.showOutput', () => {
      output.show();
    }),
    workspace.onDidGrantWorkspaceTrust(restart),
    workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration('check-imports.path')) await restart();
    }),
  );
  await session.restart();
}
