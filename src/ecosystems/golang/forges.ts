/** Hosts where anybody can have repositories, two steps below: https://pkg.go.dev/cmd/go#hdr-Remote_import_paths */
export const forges = ['github.com', 'gitlab.com', 'bitbucket.org', 'gitee.com', 'codeberg.org', 'gitea.com'];
