import { describe, expect, test } from 'vitest';
import { installReader } from '../../../src/ecosystems/golang/commands/index.ts';
import { readCommands } from '../../../src/shell/read.ts';
import { loadInstalls } from '../../../src/languages/shared/installs.ts';
import { installsIn, type CommandRow } from '../../shell/installs.ts';

const proxy = 'https://proxy.example/go';

const tables: Readonly<Record<string, readonly CommandRow[]>> = {
  'go get': [
    ['go get github.com/acme/kit', 'github.com/acme/kit'],
    ['go get github.com/acme/kit@v1.2.3 example.org/b@latest', 'github.com/acme/kit, example.org/b'],
    ['go get -u -t github.com/acme/kit/sub/...', 'github.com/acme/kit at “github.com/acme/kit/sub”'],
    ['go get -tool github.com/acme/kit/cmd/tool@v1', 'github.com/acme/kit at “github.com/acme/kit/cmd/tool”'],
    ['go get -d -tags integration -modfile=tools.mod example.org/a', 'example.org/a'],
    ['go get -x --mod mod example.org/a', 'example.org/a'],
    ['go get github.com/acme/kit/v2@upgrade', 'github.com/acme/kit/v2'],
    ['go get gopkg.in/yaml.v3', 'gopkg.in/yaml.v3'],
    ['go get example.org/a@none', ''],
    ['go get', ''],
    ['go get -u ./...', ''],
    ['go get . .. ./cmd ../x /x', ''],
    ['go get all; go get std; go get cmd; go get tool', ''],
    ['go get fmt net/http encoding/json', ''],
    ['go get go@1.22 toolchain@go1.22.3', ''],
    ['go get foo/bar', ''],
    ['go get $PKG', '? $PKG'],
    ['go get $(GOFLAGS) example.org/a', 'example.org/a'],
    ['go get example.org/a@$VERSION', 'example.org/a'],
    ['go get example.org/$NAME', '? example.org/$NAME'],
    ['go1.22.3 get example.org/a && gotip get example.org/b', 'example.org/a, example.org/b'],
    ['sudo -E env GO111MODULE=on go get example.org/a', 'example.org/a'],
    ['/usr/local/go/bin/go get example.org/a', 'example.org/a'],
    ['$(GO) get example.org/a', 'example.org/a'],
    ['go -C tools get example.org/a && go --C=tools get example.org/b', 'example.org/a, example.org/b'],
    ['go -C tools', ''],
  ],
  'go install and go run': [
    [
      'go install github.com/acme/kit/cmd/tool@latest',
      'github.com/acme/kit at “github.com/acme/kit/cmd/tool”',
    ],
    ['go install golang.org/x/tools/gopls@v0.16.0', 'golang.org/x/tools at “golang.org/x/tools/gopls”'],
    ['go install -ldflags "-s -w" -trimpath example.org/a@v1', 'example.org/a'],
    ['go install example.org/a@v1 example.org/b@v1', 'example.org/a, example.org/b'],
    ['go install', ''],
    ['go install ./... && go install ./cmd/tool && go install $(go list ./...)', ''],
    ['go install -v $(PKGS)', ''],
    ['go install $(TOOL)@latest', '? $(TOOL)@latest'],
    ['go run example.org/a@v1 example.org/not/a/package -x', 'example.org/a'],
    ['go run -race example.org/a -tags x', 'example.org/a'],
    ['go run -exec "xprog -y" example.org/a@latest', 'example.org/a'],
    ['go run main.go', ''],
    ['go run . example.org/a', ''],
    ['go run cmd/tool/main.go a.example', ''],
    ['go run $(MAIN)', ''],
  ],
  'go mod and go work': [
    ['go mod download example.org/a@v1', 'example.org/a'],
    ['go mod download', ''],
    ['go mod tidy && go mod vendor && go mod verify', ''],
    ['go mod init example.org/own', ''],
    ['go mod why example.org/a', ''],
    ['go mod edit -require=example.org/a/b@v1.2.3', 'example.org/a/b'],
    ['go mod edit -require example.org/a@v1.2.3 go.mod', 'example.org/a'],
    ['go mod edit -tool=github.com/acme/kit/cmd/x', 'github.com/acme/kit at “github.com/acme/kit/cmd/x”'],
    ['go mod edit -droprequire=example.org/a -exclude=example.org/b@v1 -go=1.22', ''],
    [
      'go mod edit -replace=example.org/a=example.org/b@v1',
      'example.org/a=example.org/b@v1 (another module), example.org/b',
    ],
    ['go mod edit -replace example.org/a@v1=../a', ''],
    ['go mod edit -replace=example.org/a=example.org/a@v1.2.3', 'example.org/a'],
    ['go mod edit -replace=example.org/a=$FORK', '? $FORK'],
    [
      'go work edit -replace=example.org/a=example.org/b@v1',
      'example.org/a=example.org/b@v1 (another module), example.org/b',
    ],
    ['go work sync', ''],
  ],
  'from elsewhere': [
    [`GOPROXY=${proxy} go get example.org/a`, `${proxy} (a module proxy), example.org/a`],
    [`GOPROXY=${proxy},direct go mod tidy`, `${proxy} (a module proxy)`],
    [
      `export GOPROXY="${proxy}|https://b.example"`,
      `${proxy} (a module proxy), https://b.example (a module proxy)`,
    ],
    [`go env -w GOPROXY=${proxy},https://proxy.golang.org,direct`, `${proxy} (a module proxy)`],
    [`go env -w GOPRIVATE=corp.example GOPROXY=${proxy}`, `${proxy} (a module proxy)`],
    ['go env GOPROXY', ''],
    ['GOPROXY=https://proxy.golang.org,direct go get example.org/a', 'example.org/a'],
    ['GOPROXY=direct go get example.org/a', 'example.org/a'],
    ['GOPROXY=off go build', ''],
    ['GOPROXY=$PROXY go get example.org/a', '? $PROXY, example.org/a'],
  ],
  gobin: [
    ['gobin example.org/a@v1 example.org/b', 'example.org/a, example.org/b'],
    ['gobin -m -run example.org/a@v1 example.org/b', 'example.org/a'],
  ],
  'not the go command': [
    ['echo "go get example.org/a"', ''],
    ['git go get example.org/a', ''],
    ['go version && go env && go vet ./... && go test ./...', ''],
    ['gofmt -w . && gocode get example.org/a', ''],
    ['hugo mod get example.org/a', ''],
  ],
};

describe.each(Object.entries(tables))('%s', (_, rows) => {
  test.each(rows)('%s: %s', async (command, installs) => {
    expect(await installsIn(command)).toBe(installs);
  });
});

test.each([
  ['golang.org/x/tools/gopls@latest', ['golang.org/x/tools/gopls', 'golang.org/x']],
  [
    'github.com/acme/kit/cmd/tool',
    ['github.com/acme/kit/cmd/tool', 'github.com/acme/kit/cmd', 'github.com/acme'],
  ],
  ['github.com/acme/kit', ['github.com/acme']],
])('go install %s: the module may be another part of the path', async (word, alternatives) => {
  const { imports } = (await loadInstalls())(`go install ${word}`, 'sh');
  expect(imports.map(({ target }) => target.kind === 'package' && target.alternatives)).toEqual([
    alternatives,
  ]);
});

test.each([
  ['go mod tidy', true],
  ['go mod download', true],
  ['go build ./...', true],
  ['go test ./...', true],
  ['go get example.org/a', true],
  ['go1.22.3 install ./cmd/x', true],
  ['go fmt ./...', false],
  ['go version', false],
  ['go env -w GOFLAGS=-mod=mod', false],
  ['go mod init example.org/a', false],
  ['gofmt -l .', false],
])('%s installs what go.mod says: %s', (text, installs) => {
  const { commands } = readCommands(text, 'sh');
  expect(commands.map((command) => installReader.installsProject(command))).toEqual([installs]);
});
