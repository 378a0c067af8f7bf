import { pypi } from '../names.ts';

/**
 * Distributions each of whose extras stands for a distribution of its own, and the extras that do not:
 * https://youtype.github.io/boto3_stubs_docs/, https://airflow.apache.org/docs/apache-airflow/stable/extra-packages-ref.html
 * (2026-11). An extra of other distributions asks for what only its metadata tell.
 */
const families: readonly (readonly [distribution: RegExp, head: string, exceptions: RegExp])[] = [
  [/^boto3-stubs(?:-lite)?$/, 'mypy-boto3-', /^(?:all|full|boto3|botocore|session)$/],
  [/^types-boto3(?:-lite)?$/, 'types-boto3-', /^(?:all|full|boto3|botocore|session)$/],
  [
    /^types-aioboto(?:3|core)(?:-lite)?$/,
    'types-aiobotocore-',
    /^(?:all|full|aioboto3|aiobotocore|botocore|session)$/,
  ],
  [
    /^apache-airflow$/,
    'apache-airflow-providers-',
    /^(?:all.*|devel.*|doc.*|async|cgroups|cloudpickle|github-enterprise|google-auth|graphviz|kerberos|ldap|leveldb|otel|pandas|password|rabbitmq|s3fs|saml|sentry|statsd|uv|virtualenv)$/,
  ],
];

/** What the stubs of boto3 bring with the extra `essential`. */
const essential = ['cloudformation', 'dynamodb', 'ec2', 'lambda', 'rds', 's3', 'sqs'];

/**
 * @param distribution Canonical name.
 * @returns The distributions that a requirement asks for by its extras, by their canonical names.
 */
export function packagesOfExtras(distribution: string, extras: readonly string[]): readonly string[] {
  const family = families.find(([pattern]) => pattern.test(distribution));
  if (family === undefined) return [];
  const [, head, exceptions] = family;
  return extras
    .map((extra) => pypi.canonical(extra.trim()))
    .flatMap((extra) => (extra === 'essential' ? essential : extra))
    .filter((extra) => extra !== '' && !exceptions.test(extra))
    .map((extra) => head + extra);
}
