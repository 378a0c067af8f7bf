/**
 * Keys of a package that comes from elsewhere, in pdm.lock and Pipfile.lock: version control, an archive or a folder
 * (https://pip.pypa.io/en/stable/topics/vcs-support/).
 */
export const foreignKeys = ['git', 'hg', 'svn', 'bzr', 'url', 'file', 'path', 'editable'] as const;
