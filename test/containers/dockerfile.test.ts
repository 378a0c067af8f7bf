import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dockerfile } from '../../src/containers/dockerfile.ts';
import { segmentsIn } from './segments.ts';

describe('a Dockerfile', () => {
  test.each<readonly [title: string, file: readonly string[], segments: readonly string[]]>([
    [
      'a command of the shell',
      ['FROM python', 'RUN pip install a && echo b'],
      ['sh: pip install a && echo b'],
    ],
    ['in small letters', ['from python', 'run pip install a'], ['sh: pip install a']],
    [
      'over several lines, with comments and empty ones between',
      ['RUN pip install \\', '    # what for', '', '  a \\  ', '  b', 'RUN npm ci'],
      ['sh: pip install   a   b', 'sh: npm ci'],
    ],
    ['a word that goes on', ['RUN pip inst\\', 'all a'], ['sh: pip install a']],
    ['lines of Windows', ['RUN pip install \\\r', '  a\r', 'RUN b\r'], ['sh: pip install   a', 'sh: b']],
    [
      'flags',
      ['RUN --mount=type=cache,target=/cache \\', '  --network=none pip install a'],
      ['sh: pip install a'],
    ],
    ['a list', ['RUN ["pip", "install", "a b"]'], ['exec: pip⟨ ⟩install⟨ "⟩a b⟨"⟩']],
    ['a list with escapes', ['CMD ["npx", "\\u0061\\"b\\\\"]'], ['exec: npx⟨ "⟩a⟨\\⟩"b⟨\\⟩\\⟨"⟩']],
    ['a list over lines', ['CMD ["npx", \\', '  "a"]'], ['exec: npx⟨ ⟩a']],
    ['what only begins like a list', ['RUN [ -f a ] && pip install b'], ['sh: [ -f a ] && pip install b']],
    ['a list without words', ['CMD []'], []],
    ['comments', ['# RUN pip install a', ' # RUN pip install b', 'RUN c # d'], ['sh: c # d']],
    ['what is started', ['CMD npx a', 'ENTRYPOINT ["uvx", "b"]'], ['sh: npx a', 'exec: uvx⟨ ⟩b']],
    [
      'what goes on with the arguments of another instruction',
      ['ENTRYPOINT ["npx", "-y"]', 'CMD ["a"]'],
      ['exec: npx⟨ ⟩-y', 'exec: npx⟨ ⟩-y⟨ ⟩a'],
    ],
    ['a check', ['HEALTHCHECK --interval=5s CMD npx a', 'HEALTHCHECK NONE'], ['sh: npx a']],
    ['what another image runs', ['ONBUILD RUN --mount=type=cache pip install a'], ['sh: pip install a']],
    ['other instructions', ['COPY a b', 'WORKDIR /pip', 'LABEL a="RUN pip"', 'EXPOSE 1', 'USER a'], []],
    ['a file that ends in a line that goes on', ['RUN pip install a \\'], ['sh: pip install a ']],
  ])('%s', async (_, file, segments) => {
    expect(await segmentsIn(dockerfile, file.join('\n'))).toEqual(segments);
  });
});

describe('a text below an instruction', () => {
  test.each<readonly [title: string, file: readonly string[], segments: readonly string[]]>([
    ['is a script', ['RUN <<EOF', 'pip install a', 'EOF', 'RUN b'], ['sh: pip install a', 'sh: b']],
    ['with tabs', ['RUN <<-"EOF"', '\tpip install a', '\tEOF'], ['sh: \tpip install a']],
    [
      'of what its first line names',
      ['RUN <<EOF', '#!/usr/bin/env python3', 'import a', 'EOF'],
      ['python py: #!/usr/bin/env python3⏎import a'],
    ],
    ['of a language that nobody reads', ['RUN <<EOF', '#!/usr/bin/ruby', "require 'a'", 'EOF'], []],
    ['that an interpreter reads', ['RUN <<EOF python3 -u', 'import a', 'EOF'], ['python py: import a']],
    [
      'that an interpreter reads, behind it',
      ['RUN python3 - <<EOF', 'import a', 'EOF'],
      ['python py: import a'],
    ],
    [
      'that an interpreter reads among other commands',
      ['RUN cd a && python3 - <<A && pip install c <<B', 'import b', 'A', 'd', 'B'],
      ['sh: cd a && python3 - <<A && pip install c <<B⟨⏎A⏎⟩d⏎⟨B⟩', 'python py: import b'],
    ],
    [
      'that a program reads, which an interpreter starts',
      ['RUN python3 -u a.py <<A', 'import b', 'A'],
      ['sh: python3 -u a.py <<A⟨⏎⟩import b⏎⟨A⟩'],
    ],
    [
      'that a command reads',
      ['RUN <<A cat >x && pip install y <<B', 'pip install z', 'A', 'c', 'B'],
      ['sh: <<A cat >x && pip install y <<B⟨⏎⟩pip install z⏎⟨A⏎⟩c⏎⟨B⟩'],
    ],
    [
      'that becomes a script of the image',
      ['COPY <<EOF /a.sh', '#!/bin/sh', 'npx a', 'EOF'],
      ['sh: #!/bin/sh⏎npx a'],
    ],
    ['that becomes some file', ['COPY <<EOF /a', 'npx a', 'EOF'], []],
    ['that has no end', ['RUN cat <<EOF', 'RUN pip install a'], ['sh: cat <<EOF', 'sh: pip install a']],
  ])('%s', async (_, file, segments) => {
    expect(await segmentsIn(dockerfile, file.join('\n'))).toEqual(segments);
  });
});

describe('what holds in a stage', () => {
  const url = 'https://registry.example/';
  test.each<readonly [title: string, file: readonly string[], segments: readonly string[]]>([
    [
      'a variable that chooses a registry',
      [`ENV PIP_INDEX_URL=${url} A=b`, 'RUN pip install a', 'CMD ["uvx", "b"]'],
      [`sh: ⟨PIP_INDEX_URL=⟩${url}⟨⏎⟩pip install a`, `exec: ⟨PIP_INDEX_URL=⟩${url}⟨ ⟩uvx⟨ ⟩b`],
    ],
    [
      'one of each ecosystem, and others whose names are like theirs',
      [`ENV GOPROXY=${url} CARGO_REGISTRIES_CRATES_IO_INDEX=${url} GOPROXIES=a CARGO_HOME=b`, 'RUN a'],
      [`sh: ⟨GOPROXY=⟩${url}⟨⏎CARGO_REGISTRIES_CRATES_IO_INDEX=⟩${url}⟨⏎⟩a`],
    ],
    [
      'one in quotes, and one without a sign',
      [`ENV UV_INDEX="a=${url} b=c"`, `ENV PIP_EXTRA_INDEX_URL ${url} $A`, 'RUN a'],
      [`sh: ⟨UV_INDEX="⟩a=${url} b=c⟨"⏎PIP_EXTRA_INDEX_URL="⟩${url} $A⟨"⏎⟩a`],
    ],
    ['an argument', [`ARG NPM_CONFIG_REGISTRY=${url}`, 'RUN a'], [`sh: ⟨NPM_CONFIG_REGISTRY=⟩${url}⟨⏎⟩a`]],
    [
      'the last one of a name',
      ['ENV PIP_INDEX_URL=a', 'ENV PIP_INDEX_URL=b', 'RUN c'],
      ['sh: ⟨PIP_INDEX_URL=⟩b⟨⏎⟩c'],
    ],
    [
      'ends with it',
      ['FROM a', 'ENV PIP_INDEX_URL=a', 'FROM b', 'RUN c'],
      ['sh: c', 'sh: ⟨PIP_INDEX_URL=⟩a'],
    ],
    ['without a command', ['FROM a', 'ENV PIP_INDEX_URL=a', 'ENV B=c'], ['sh: ⟨PIP_INDEX_URL=⟩a']],
    [
      'and is there in one that is built on it',
      ['FROM a AS base', 'ENV PIP_INDEX_URL=a', 'FROM base', 'RUN c'],
      ['sh: ⟨PIP_INDEX_URL=⟩a⟨⏎⟩c'],
    ],
    [
      'what stands above all',
      ['ARG PIP_INDEX_URL=a', 'ARG B=c', 'FROM b', 'RUN c', 'FROM d', 'RUN e'],
      ['sh: ⟨PIP_INDEX_URL=⟩a⟨⏎⟩c', 'sh: ⟨PIP_INDEX_URL=⟩a⟨⏎⟩e'],
    ],
    [
      'the shell',
      [
        'FROM a',
        'SHELL ["powershell", "-Command"]',
        'RUN pip install a',
        'SHELL ["/bin/bash", "-c"]',
        'RUN b',
        'FROM c',
        'RUN d',
      ],
      ['words: pip install a', 'sh: b', 'sh: d'],
    ],
    [
      'a shell that nobody reads',
      ['SHELL ["fish", "-c"]', 'RUN a', 'RUN ["pip", "install", "b"]'],
      ['exec: pip⟨ ⟩install⟨ ⟩b'],
    ],
    [
      'the escape of Windows',
      ['# escape=`', 'RUN pip install `', '  a\\b', ''],
      ['words: pip install   a\\b'],
    ],
  ])('%s', async (_, file, segments) => {
    expect(await segmentsIn(dockerfile, file.join('\n'))).toEqual(segments);
  });
});

test('whatever the file is, what a segment takes from it stands there', async () => {
  const word = fc.constantFrom(
    'RUN',
    'CMD',
    'ENV',
    'PIP_INDEX_URL=a',
    'ONBUILD',
    '<<EOF',
    'EOF',
    '\\',
    '\n',
    '\r\n',
    '#',
    '["a", "\\u0062"]',
    'FROM a',
    'python',
    '"',
    ' ',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 30 }), async (words) => {
      await segmentsIn(dockerfile, words.join(' ').replaceAll(' \n ', '\n'));
    }),
  );
});
