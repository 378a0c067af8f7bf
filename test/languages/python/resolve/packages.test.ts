import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pypi } from '../../../../src/ecosystems/pypi/names.ts';
import { ModuleMap } from '../../../../src/ecosystems/pypi/module-map/module-map.ts';
import { modulesOf } from '../../../../src/ecosystems/pypi/module-map/modules-of.ts';
import { shippedModules } from '../../../../src/ecosystems/pypi/module-map/data/index.ts';
import { filesOf, resolve, resolverOf } from './project.ts';

/** Nothing but what its own relative imports lead to. */
const bare = filesOf(
  new Map([
    ['app/main.py', ''],
    ['app/config.py', ''],
  ]),
);
const file = 'app/main.py';

test.each([
  ['import os.path', 'builtin python'],
  ['import zoneinfo', 'builtin python'],
  ['import dataclasses', 'builtin python'],
  ['import importlib.metadata', 'builtin python'],
  ['import importlib_metadata', 'importlib-metadata'],
  ['import backports.zoneinfo', 'backports-zoneinfo'],
  ['import typing_extensions', 'typing-extensions'],
  ['import numpy_utils', 'numpy-utils'],
  ['import numpy.linalg', 'numpy'],
  ['from .config import settings', 'local (settings)'],
  ['from .. import app', 'local (app)'],
  [
    'import cv2',
    'opencv-python | opencv-contrib-python | opencv-python-headless | opencv-contrib-python-headless',
  ],
  ['import psycopg2.extras', 'psycopg2 | psycopg2-binary'],
  ['from PIL import Image', 'pillow | pillow-simd (Image)'],
  ['import magic', 'python-magic | python-magic-bin | file-magic'],
  ['import jwt', 'pyjwt'],
  ['from Crypto.Cipher import AES', 'pycryptodome | pycrypto (AES)'],
  ['import attr', 'attrs'],
  ['import pkg_resources', 'setuptools'],
  ['from pytestqt.wait_signal import SignalBlocker', 'pytest-qt (SignalBlocker)'],
  ['import migrate.versioning', 'sqlalchemy-migrate'],
  ['import trezorlib.client', 'trezor'],
  ['import safetlib.client', 'safet'],
  ['import keepkeylib.client', 'keepkey'],
  ['import btchip.btchip', 'btchip-python'],
  ['import ckcc.protocol', 'ckcc-protocol'],
  ['import yaml', 'pyyaml'],
  ['import bs4', 'beautifulsoup4'],
  ['import sklearn.metrics', 'scikit-learn'],
  ['import dotenv', 'python-dotenv'],
  ['import qrcode', 'qrcode'],
  ['import pyi_splash', 'pyinstaller'],
  ['import win32com.client', 'pywin32 | pypiwin32'],
  ['import rest_framework', 'djangorestframework'],
  ['import corsheaders', 'django-cors-headers'],
  ['import flask_sqlalchemy', 'flask-sqlalchemy'],
  ['from mpl_toolkits.mplot3d import Axes3D', 'matplotlib (Axes3D)'],
  ['from mpl_toolkits import mplot3d, basemap', 'matplotlib (mplot3d); basemap (basemap)'],
  ['import google.cloud.storage', 'google-cloud-storage'],
  ['import google.cloud.storage_v2.types', 'google-cloud-storage'],
  ['import google.cloud.secretmanager_v1beta1', 'google-cloud-secret-manager'],
  ['import google.pubsub_v1', 'google-cloud-pubsub'],
  ['import google.protobuf.json_format', 'protobuf'],
  [
    'from google.cloud import storage, bigquery, storage_v1',
    'google-cloud-storage (storage, storage_v1); google-cloud-bigquery (bigquery)',
  ],
  ['from google import genai', 'google-genai (genai)'],
  ['import google.numpy_utils', 'google-numpy-utils'],
  ['import azure.storage.blob', 'azure-storage-blob | azure-storage'],
  ['import azure.storage.filedatalake', 'azure-storage-file-datalake'],
  ['import azure.mgmt.compute', 'azure-mgmt-compute'],
  ['from azure.identity import DefaultAzureCredential', 'azure-identity (DefaultAzureCredential)'],
  ['from opentelemetry import trace', 'opentelemetry-api (trace)'],
  ['import opentelemetry.instrumentation.flask', 'opentelemetry-instrumentation-flask'],
  ['import opentelemetry.instrumentation.openai_v2', 'opentelemetry-instrumentation-openai-v2'],
  ['import binstar_client', 'anaconda-client'],
  ['import bayeux', 'bayeux-ml'],
  ['import cvxpy', 'cvxpy | cvxpy-base'],
  ['from accept_language import parse_accept_language', 'parse-accept-language (parse_accept_language)'],
  ['import phue', 'phue | phue2'],
  ['from docket import Docket', 'pydocket (Docket)'],
  ['from pymilvus.model.dense import OpenAIEmbeddingFunction', 'pymilvus-model (OpenAIEmbeddingFunction)'],
  ['from pymilvus import MilvusClient', 'pymilvus (MilvusClient)'],
  ['import random_words', 'randomwords'],
  ['import wptgen', 'wpt-gen-lib'],
  ['import swift.utils', 'swift | django-storage-swift'],
  ['from caffe2.proto import caffe2_pb2', 'torch (caffe2_pb2)'],
  ['from airflow import DAG', 'apache-airflow | apache-airflow-core (DAG)'],
  ['import airflow.providers.amazon.aws', 'apache-airflow-providers-amazon'],
  ['import airflow.providers.apache.spark.hooks', 'apache-airflow-providers-apache-spark'],
  ['import ruamel.yaml', 'ruamel-yaml'],
  ['import jaraco.text', 'jaraco-text'],
  ['import sphinxcontrib.bibtex', 'sphinxcontrib-bibtex'],
  ['import zope.interface', 'zope-interface'],
  ['import plone.app.contenttypes', 'plone-app-contenttypes'],
  ['import Products.CMFPlone.utils', 'products-cmfplone'],
  ['import paste.deploy', 'pastedeploy'],
  ['import repoze.lru', 'repoze-lru'],
  ['import collective.z3cform.datagridfield', 'collective-z3cform-datagridfield'],
  [
    'from aws_cdk import aws_lambda, Stack',
    'aws-cdk-lib | aws-cdk-aws-lambda (aws_lambda); aws-cdk-lib | aws-cdk-core (Stack)',
  ],
  ['import aws_cdk.aws_s3.deployment', 'aws-cdk-lib | aws-cdk-aws-s3'],
  ['import aws_cdk.invented_alpha', 'aws-cdk-invented-alpha'],
  ['from aws_cdk import aws_neptune_alpha', 'aws-cdk-aws-neptune-alpha (aws_neptune_alpha)'],
  ['import aws_cdk.lambda_layer_kubectl_v31', 'aws-cdk-lambda-layer-kubectl-v31'],
  ['import aws_cdk.lambda_layer_kubectl', 'aws-cdk-lib | aws-cdk-core'],
  ['from autogluon import tabular, eda', 'autogluon-tabular | autogluon (tabular); autogluon-eda (eda)'],
  ['import langgraph.graph', 'langgraph'],
  ['import langgraph.supervisor', 'langgraph-supervisor'],
  ['import langgraph.checkpoint.base', 'langgraph-checkpoint | langgraph'],
  ['import langgraph.checkpoint.invented', 'langgraph-checkpoint-invented'],
  ['import dbt.adapters.base', 'dbt-adapters'],
  ['import dbt.adapters.invented', 'dbt-invented'],
  ['import cuda.cudart', 'cuda-bindings | cuda-python'],
  ['import cuda.invented', 'cuda-invented'],
  ['from discord.ext import commands, menus', 'discord-py | py-cord (commands); discord-ext-menus (menus)'],
  ['import mpl_toolkits.invented', 'mpl-toolkits'],
  ['from mpl_toolkits import invented', 'mpl-toolkits (invented)'],
  ['from azurefunctions import extensions', 'azurefunctions (extensions)'],
  ['from google import *', expect.stringMatching(/^.*\| google-auth \|.*$/)],
  ['import __proto__', '-proto-'],
  ['import constructor', 'constructor'],
  ['import a/b', 'unknown'],
  ['import a..b', 'unknown'],
  ['scan yaml', 'pyyaml'],
  ['scan google', 'unknown'],
  ['scan google.cloud', 'unknown'],
  ['scan google.cloud.storage', 'google-cloud-storage'],
  ['scan opentelemetry.instrumentation', 'unknown'],
  ['scan mpl_toolkits', 'unknown'],
  ['scan airflow', 'apache-airflow | apache-airflow-core'],
])('%s is %s', async (text, expected) => {
  expect(await resolve(resolverOf(bare), { file, text })).toEqual(expected);
});

describe('distributions that stand in for the one that is known for a module', () => {
  const namesakesOf = async (specifier: string, imports: ReadonlyMap<string, readonly string[]>) => {
    const request = { file, specifier, names: [], kind: 'static' } as const;
    const [resolution] = await resolverOf(bare, { imports }).resolve(request);
    const origin = resolution?.origin;
    return origin?.kind === 'package' ? (origin.namesakes ?? []).map(({ name }) => name) : [];
  };

  test.each([
    ['qrcode', 'python-qrcode'],
    ['qrcode.image.svg', 'python-qrcode'],
    ['proxy', 'proxy-py'],
    ['docket', 'docket'],
  ])('%s may be of %s', async (specifier, distribution) => {
    expect(await namesakesOf(specifier, new Map())).toContain(distribution);
    expect(await namesakesOf(specifier, new Map([[specifier, ['acme-tools']]]))).toEqual([]);
  });

  test.each([
    ['jwt', 'python-jwt'],
    ['redmine', 'python-redmine'],
    ['yaml', 'pyyaml'],
    ['google.cloud.storage', 'google'],
    ['qrcode_utils', 'qrcode'],
    ['random_words', 'random'],
  ])('%s is not of %s', async (specifier, distribution) => {
    expect(await namesakesOf(specifier, new Map())).not.toContain(distribution);
  });
});

describe('modules of the whitelist', () => {
  const imports = new Map([
    ['cv2', ['Acme_Vision']],
    ['harbor', ['harbor-core', 'harbor-lite']],
    ['harbor.billing', ['harbor-billing']],
    ['google.cloud.storage.extras', ['gcs-extras']],
    ['azure', ['azure-everything']],
    ['__proto__', ['proto-tools']],
  ]);

  test.each([
    ['import cv2', 'acme-vision'],
    ['import harbor.ships', 'harbor-core | harbor-lite'],
    ['from harbor import ships, billing', 'harbor-core | harbor-lite (ships); harbor-billing (billing)'],
    ['scan harbor', 'unknown'],
    ['scan harbor.billing', 'harbor-billing'],
    ['import google.cloud.storage.extras', 'gcs-extras'],
    ['import google.cloud.storage', 'google-cloud-storage'],
    ['from google.cloud.storage import Client', 'google-cloud-storage (Client)'],
    ['import azure.identity', 'azure-identity'],
    ['import __proto__', 'proto-tools'],
  ])('%s is %s', async (text, expected) => {
    expect(await resolve(resolverOf(bare, { imports }), { file, text })).toBe(expected);
  });

  test.each([
    ['import harbor.ships', null],
    ['from harbor import ships', null],
    ['import harbor', null],
    ['import harbor.ships.masts', null],
    ['import harbor.invented', ['harbor.ships', 'harbor_cli']],
    ['from harbor import invented', ['harbor.ships', 'harbor_cli']],
  ])('%s, where harbor is known to have harbor.ships', async (text, provides) => {
    const [, module = '', name] = /^(?:import|from) (\S+)(?: import (\S+))?$/.exec(text) ?? [];
    const recorded = new Map([['harbor', ['harbor.ships', 'harbor_cli']]]);
    const [resolution] = await resolverOf(bare, { recorded }).resolve({
      file,
      specifier: module,
      names: name === undefined ? [] : [name],
      kind: 'static',
    });
    expect(resolution?.origin).toMatchObject({ kind: 'package', package: { name: 'harbor' } });
    const found = resolution?.origin.kind === 'package' ? resolution.origin.provides : undefined;
    expect(found ?? null).toEqual(provides);
  });

  test('explain hears which list answered', async () => {
    const steps: string[] = [];
    const trace = ({ text }: { readonly text: string }) => steps.push(text);
    await resolve(resolverOf(bare, { imports }), { file, text: 'import cv2', trace });
    await resolve(resolverOf(bare, { imports }), { file, text: 'import yaml', trace });
    await resolve(resolverOf(bare, { imports }), { file, text: 'import numpy_utils', trace });
    expect(steps.filter((text) => !text.includes('standard library') && !text.includes('no file'))).toEqual([
      `the whitelist’s imports: cv2 is provided by acme-vision`,
      'the shipped modules: yaml is provided by pyyaml',
      'numpy_utils is not mapped: assuming the distribution of the same name',
    ]);
  });
});

test.each([
  ['opencv-python', ['cv2']],
  ['OpenCV_Python_Headless', ['cv2']],
  ['attrs', ['attr', 'attrs']],
  ['setuptools', ['setuptools', 'pkg_resources', '_distutils_hack']],
  ['google-cloud-secret-manager', ['google.cloud.secretmanager']],
  ['google-cloud-documentai', ['google.cloud.documentai']],
  ['azure-mgmt-dns', ['azure.mgmt.dns']],
  ['nvidia-nccl-cu12', ['nvidia.nccl']],
  ['aws-cdk.aws-neptune-alpha', ['aws_cdk.aws_neptune_alpha']],
  ['aws-cdk-lib', ['aws_cdk']],
  ['langgraph', ['langgraph']],
  ['numpy', ['numpy']],
  ['numpy-utils', ['numpy_utils']],
])('modules of %s', (distribution, expected) => {
  expect(modulesOf(distribution)).toEqual(expected);
});

describe('the shipped list', () => {
  const lines = shippedModules.map((text) => text.split('\n').filter((line) => line !== ''));
  const parts = lines.flat().map((line) => {
    const [distributions = '', modules = ''] = line.split(' : ');
    return { distributions: distributions.split(' '), modules: modules.split(' ') };
  });

  test('is sorted, file by file', () => {
    for (const group of lines) {
      const keys = group.map((line) => line.replace(' : ', '\0'));
      expect(keys).toEqual([...keys].sort());
    }
  });

  test('names each module once, and distributions by their canonical names', () => {
    const modules = parts.flatMap((part) => part.modules);
    expect(modules.filter((module, index) => modules.indexOf(module) !== index)).toEqual([]);
    const names = parts.flatMap((part) => part.distributions);
    const invalid = names.filter(
      (name) => name !== pypi.canonical(name) || !pypi.valid(name.replace('*', 'x')),
    );
    expect(invalid).toEqual([]);
  });

  test('has a star on both sides of a family and nowhere else', () => {
    for (const { distributions, modules } of parts) {
      const stars = new Set(
        [distributions.find((name) => name.includes('*')) ?? '', ...modules].map((n) => n.split('*').length),
      );
      expect([...stars], distributions.join(' ')).toHaveLength(1);
    }
  });

  test('knows at least 500 distributions whose modules bear other names', () => {
    const other = parts.flatMap(({ distributions, modules }) =>
      distributions.filter((name) => !name.includes('*') && modules.some((m) => pypi.canonical(m) !== name)),
    );
    expect(new Set(other).size).toBeGreaterThan(500);
  });

  test('leads from each listed distribution back to it', () => {
    const catalogue = new ModuleMap(shippedModules.join('\n'));
    for (const { distributions, modules } of parts) {
      for (const module of modules.filter((name) => !name.includes('*'))) {
        expect(catalogue.longest(module), module).toEqual({ module, distributions });
      }
    }
  });
});

test('a resolver never throws, and answers for every name', async () => {
  const word = fc.oneof(
    fc.constantFrom('google', 'cloud', 'azure', 'storage', '', '__proto__', 'app', '*', 'v_v1', '$&', '\0'),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const files = filesOf(
    new Map([
      ['app/__init__.py', ''],
      ['pyproject.toml', '[tool.mypy]\nmypy_path = "app"'],
    ]),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { maxLength: 5 }).map((words) => words.join('.')),
      fc.option(fc.array(word, { maxLength: 3 })),
      fc.array(word, { maxLength: 3 }).map((words) => words.join('/')),
      async (specifier, names, path) => {
        const answer = await resolverOf(files).resolve({ file: path, specifier, names, kind: null });
        const told = answer.flatMap((resolution) => resolution.names);
        expect([...told].sort()).toEqual((names ?? []).filter((name) => name !== '*').sort());
        expect(answer.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 300 },
  );
});

test('a specifier of a hundred thousand segments takes no longer than others', async () => {
  const specifier = Array.from({ length: 100_000 }, () => 'a').join('.');
  expect(await resolve(resolverOf(bare), { file, text: `import ${specifier}` })).toBe('a');
});

const wheels = join(import.meta.dirname, '../../../../../shared/data/wheel_imports.jsonl');
test.skipIf(!existsSync(wheels))('97 % of what real wheels provide leads to them', async () => {
  const resolver = resolverOf(bare);
  const missed: string[] = [];
  let asked = 0;
  for (const line of readFileSync(wheels, 'utf8').trim().split('\n')) {
    const row: unknown = JSON.parse(line);
    if (!isWheel(row)) throw new Error(`unexpected row: ${line}`);
    for (const root of row.roots.filter((name) => !/^(?:tests?|docs|typings|setup)(?:\.|$)/.test(name))) {
      asked += 1;
      const providers = (await resolve(resolver, { file, text: `import ${root}` })).split(' | ');
      if (!providers.includes(pypi.canonical(row.dist))) missed.push(root);
    }
  }
  expect(missed.length / asked, missed.join(' ')).toBeLessThan(0.03);
});

function isWheel(row: unknown): row is { readonly dist: string; readonly roots: readonly string[] } {
  return (
    typeof row === 'object' && row !== null && 'dist' in row && 'roots' in row && Array.isArray(row.roots)
  );
}

test.skipIf(!existsSync(wheels))(
  'no module of a real wheel is called one that its distribution lacks',
  async () => {
    const resolver = resolverOf(bare);
    const accused: string[] = [];
    for (const line of readFileSync(wheels, 'utf8').trim().split('\n')) {
      const row: unknown = JSON.parse(line);
      if (!isWheel(row)) throw new Error(`unexpected row: ${line}`);
      for (const specifier of row.roots) {
        const resolved = await resolver.resolve({ file, specifier, names: [], kind: 'static' });
        if (resolved.some(({ origin }) => origin.kind === 'package' && origin.provides !== undefined))
          accused.push(specifier);
      }
    }
    expect(accused).toEqual([]);
  },
);

test('a module map says the same whether it searches its text or an index', () => {
  const text = shippedModules.join('\n');
  const distributions = ['opencv-python', 'google-cloud-storage', 'pyyaml', 'aws-cdk-core', 'no-such-name'];
  const modules = [
    'cv2',
    'google.cloud.storage',
    'google.numpy',
    'yaml',
    '_yaml.x',
    'aws_cdk.a_alpha',
    'nobody',
  ];
  const indexed = new ModuleMap(text);
  for (let search = 0; search < 100; search += 1) indexed.lists(`searched-${String(search)}`);
  for (const distribution of distributions) {
    const searching = new ModuleMap(text);
    expect(indexed.lists(distribution)).toBe(searching.lists(distribution));
    expect(indexed.allModulesOf(distribution)).toEqual(searching.allModulesOf(distribution));
  }
  for (const module of modules) {
    const searching = new ModuleMap(text);
    expect(indexed.longest(module)).toEqual(searching.longest(module));
    expect(indexed.below(module)).toEqual(searching.below(module));
    expect(indexed.splits(module)).toBe(searching.splits(module));
  }
  expect(indexed.longest('cv2')?.distributions[0]).toBe('opencv-python');
  expect(indexed.lists('opencv-python')).toBe(true);
});
