import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/** Whose a module is where its name alone does not tell: what a person declared before decides, and what the change says never. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

async function said(base: Readonly<Record<string, string>>, change: Readonly<Record<string, string>>) {
  const scratch = await Scratch.with(base);
  open.push(scratch);
  await scratch.commitAll('base');
  scratch.write(change);
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, ['--staged', '--offline', '--format', 'concise']);
  return findingsIn(stdout).map((line) => line.replace(/^\S+ /, ''));
}

const imports = (modules: string) => ({ 'app.py': `import ${modules}\n` });

describe('an import, where only this is declared', () => {
  test.each<[declared: string, modules: string, findings: readonly string[]]>([
    ['python-flint', 'flint', []],
    ['automata-lib', 'automata.fa', []],
    ['harbour-python', 'harbour', []],
    ['py-harbour', 'harbour', []],
    ['harbour.py', 'harbour', []],
    ['numpy', 'numpy_utils', ['unapproved-package pypi:numpy-utils']],
    ['pyspark', 'spark', ['unapproved-package pypi:spark']],
    ['ale-py', 'ale', ['unapproved-package pypi:ale']],
    ['opencv-python', 'opencv', ['unapproved-package pypi:opencv']],
    ['harbour', 'harbour_py', ['unapproved-package pypi:harbour-py']],
    ['google-cloud-storage', 'google', []],
    ['harbour', 'google', [expect.stringContaining('unapproved-package')]],
    ['aws-cdk-lib', 'aws_cdk.aws_s3', []],
    ['aws-cdk-lib', 'aws_cdk.invented_alpha', ['unapproved-package pypi:aws-cdk-invented-alpha']],
    ['aws-cdk.invented-alpha', 'aws_cdk.invented_alpha', []],
    ['aws-cdk.aws-s3', 'aws_cdk.aws_s3', []],
    ['autogluon', 'autogluon.tabular, autogluon', []],
    ['autogluon', 'autogluon.eda', ['unapproved-package pypi:autogluon-eda']],
    ['autogluon.eda', 'autogluon.eda', []],
    ['megatron-core', 'megatron.core', []],
    ['megatron-core', 'megatron.invented', ['unapproved-package pypi:megatron']],
    ['apache-airflow[postgres,cncf.kubernetes]', 'airflow.providers.postgres.hooks', []],
    ['apache-airflow[postgres,cncf.kubernetes]', 'airflow.providers.cncf.kubernetes', []],
    [
      'apache-airflow[postgres]',
      'airflow.providers.mysql',
      ['unapproved-package pypi:apache-airflow-providers-mysql'],
    ],
    ['boto3-stubs[ec2, s3]', 'mypy_boto3_s3.client', []],
    ['boto3-stubs[essential]', 'mypy_boto3_dynamodb', []],
    ['types-aiobotocore[s3]', 'types_aiobotocore_s3', []],
    ['boto3-stubs[ec2]', 'mypy_boto3_kafka', ['unapproved-package pypi:mypy-boto3-kafka']],
  ])('%s: import %s', async (declared, modules, findings) => {
    expect(await said({ 'requirements.txt': `${declared}\n` }, imports(modules))).toEqual(findings);
  });
});

describe('an import, where a table of Poetry asks for extras', () => {
  const poetry = {
    'pyproject.toml':
      '[tool.poetry.dependencies]\napache-airflow = { version = "^2", extras = ["postgres"] }\nboto3-stubs = { version = "*", extras = ["s3"] }\n',
  };

  test.each([
    ['airflow.providers.postgres.hooks', []],
    ['airflow.providers.mysql', ['unapproved-package pypi:apache-airflow-providers-mysql']],
    ['mypy_boto3_s3', []],
    ['mypy_boto3_kafka', ['unapproved-package pypi:mypy-boto3-kafka']],
  ])('import %s', async (modules, findings) => {
    expect(await said(poetry, imports(modules))).toEqual(findings);
  });

  test('which approve nothing in the change that adds them', async () => {
    const base = { 'pyproject.toml': '[tool.poetry.dependencies]\napache-airflow = "^2"\n' };
    const findings = [
      'unapproved-package pypi:apache-airflow-providers-postgres',
      'unapproved-package pypi:boto3-stubs',
    ];
    expect(await said(base, { ...poetry, ...imports('airflow.providers.postgres') })).toEqual(findings);
  });
});

test('a change that declares such a name approves nothing, and its finding names what it declares', async () => {
  const change = { ...imports('harbour'), 'requirements.txt': 'python-harbour\n' };
  const findings = ['unapproved-package pypi:python-harbour'];
  expect(await said({ 'requirements.txt': '' }, change)).toEqual([...findings, ...findings]);
});

test('what an extra asks for is said of the line that asks, once', async () => {
  const change = { 'requirements.txt': 'boto3-stubs[ec2]\n' };
  expect(await said({ 'requirements.txt': '' }, change)).toEqual(['unapproved-package pypi:boto3-stubs']);
});

describe('modules that nobody installs', () => {
  const cell = (source: string) =>
    JSON.stringify({ cells: [{ cell_type: 'code', source, metadata: {} }], metadata: {}, nbformat: 4 });

  test.each<[what: string, file: string, text: string, findings: readonly string[]]>([
    [
      'Colab, which no notebook of the base shows',
      'a.ipynb',
      cell('from google.colab import drive'),
      ['unapproved-package pypi:google-colab'],
    ],
    ['Colab in a program', 'a.py', 'import google.colab\n', ['unapproved-package pypi:google-colab']],
    [
      'for a type checker',
      'a.py',
      'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from typing_extensions import Self\n    import _typeshed\n',
      [],
    ],
    ['at run time', 'a.py', 'import typing_extensions\n', ['unapproved-package pypi:typing-extensions']],
    [
      'of Python 2, with an alternative',
      'a.py',
      'try:\n    import ConfigParser, urllib2\nexcept ImportError:\n    import __builtin__, thread\n',
      [],
    ],
    ['of Python 2, without one', 'a.py', 'import urllib2\n', ['unapproved-package pypi:urllib2']],
    [
      'of Python 2, for it',
      'a.py',
      'import sys\nif sys.version_info[0] < 3:\n    import urllib2\nelse:\n    import urllib.request\nif six.PY3: pass\nelse: import Queue\nif __PY3__: pass\nelse: import StringIO\n',
      [],
    ],
    [
      'of Python 2, for all but it',
      'a.py',
      'if PY2:\n    pass\nelse:\n    import urllib2\n',
      ['unapproved-package pypi:urllib2'],
    ],
    ['not of Python 2, for it', 'a.py', 'if PY2:\n    import harbour\n', ['unapproved-package pypi:harbour']],
    [
      'not of Python 2, with an alternative',
      'a.py',
      'try:\n    import harbour\nexcept ImportError:\n    pass\n',
      ['unapproved-package pypi:harbour'],
    ],
  ])('%s', async (_, file, text, findings) => {
    expect(await said({ 'README.md': '' }, { [file]: text })).toEqual(findings);
  });
});
