import type { ServerOrigin } from './locator.ts';

/** What the status bar tells. */
export interface Status {
  readonly state: 'starting' | 'running' | 'stopped' | 'missing';
  /** How many findings the editor shows. */
  readonly findings: number;
  /** Whose server it is; null where there is none. */
  readonly origin: ServerOrigin | null;
  readonly isTrusted: boolean;
  /** The server's own word. */
  readonly version: string | undefined;
}

/** An item of the status bar, in the words of the editor. */
export interface StatusItem {
  /** `$(name)` is an icon: https://code.visualstudio.com/api/references/icons-in-labels */
  readonly text: string;
  readonly tooltip: string;
  /** A command of the editor or of ours. */
  readonly command: string;
  readonly isWarning: boolean;
}

const origins: Readonly<Record<ServerOrigin, string>> = {
  setting: 'the server that the setting “check-imports.path” names',
  workspace: 'the server that is installed in node_modules of the workspace',
  bundled: 'the server that comes with the extension',
};

/** @returns How the status bar shows what is going on. */
export function statusItem({ state, findings, origin, isTrusted, version }: Status): StatusItem {
  const server = origin === null ? '' : `${origins[origin]}${version === undefined ? '' : `, ${version}`}`;
  const restriction = isTrusted ? '' : '\nRestricted Mode: no other server is started.';
  const about = server === '' ? '' : `\n${server}${restriction}`;
  switch (state) {
    case 'starting':
      return item('$(loading~spin)', `vetted-imports is starting${about}`);
    case 'running': {
      const count = findings === 1 ? '1 finding' : `${String(findings)} findings`;
      return {
        text: `$(package) ${String(findings)}`,
        tooltip: `vetted-imports: ${count} in open files${about}`,
        command: 'workbench.actions.view.problems',
        isWarning: false,
      };
    }
    case 'stopped':
      return {
        ...item('$(warning)', `vetted-imports has stopped; nothing is checked${about}`),
        isWarning: true,
      };
    case 'missing':
      return {
        ...item('$(warning)', 'vetted-imports: the server is missing; nothing is checked'),
        isWarning: true,
      };
  }
}

function item(icon: string, tooltip: string): StatusItem {
  return { text: `${icon} vetted-imports`, tooltip, command: 'check-imports.showOutput', isWarning: false };
}
