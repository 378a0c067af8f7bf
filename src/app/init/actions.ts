/** An action of GitHub, pinned: a tag can be moved to other code, a commit cannot. */
export interface PinnedAction {
  readonly name: string;
  /** What people call the commit. */
  readonly version: string;
  /** The commit that this tag names in the action's repository. */
  readonly commit: string;
}

/**
 * The actions that the workflows of this repository, those that `init --ci` writes and those of the documentation use.
 * Each commit is what its tag names in a copy of the action's repository (`git rev-parse v7.0.1^{commit}`), by 2026-11-30;
 * those of gh-action-pypi-publish and reviewdog are the ones that public workflows agree on.
 */
export const pinnedActions: readonly PinnedAction[] = [
  pinned('actions/checkout', 'v7.0.1', '3d3c42e5aac5ba805825da76410c181273ba90b1'),
  pinned('actions/setup-node', 'v7.0.0', '820762786026740c76f36085b0efc47a31fe5020'),
  pinned('actions/setup-python', 'v7.0.0', '5fda3b95a4ea91299a34e894583c3862153e4b97'),
  pinned('actions/upload-artifact', 'v7.0.0', 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f'),
  pinned('actions/download-artifact', 'v8.0.1', '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c'),
  pinned('github/codeql-action/upload-sarif', 'v4.36.2', '8aad20d150bbac5944a9f9d289da16a4b0d87c1e'),
  pinned('pypa/gh-action-pypi-publish', 'v1.14.0', 'cef221092ed1bacb1cc03d23a2d87d1d172e277b'),
  pinned('reviewdog/action-setup', 'v1.4.0', 'd8edfce3dd5e1ec6978745e801f9c50b5ef80252'),
];

/** @returns How a step names an action: `actions/checkout@COMMIT # v7.0.1`. */
export function stepUse(name: string): string {
  const action = pinnedActions.find((candidate) => candidate.name === name);
  if (action === undefined) throw new Error(`${name} is not pinned in src/app/init/actions.ts`);
  return `${name}@${action.commit} # ${action.version}`;
}

function pinned(name: string, version: string, commit: string): PinnedAction {
  return { name, version, commit };
}
