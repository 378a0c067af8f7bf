import type { CommandTable } from './command-paths.ts';

/** Where services and task runners keep commands, by the ids of their formats. Read in November 2026. */
export const ciTables = {
  // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax,
  // https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax; Gitea and Forgejo read the same.
  'github-actions': {
    syntax: 'yaml',
    commands: [['jobs|runs ** steps run', 'shell']],
    settings: ['env'],
    shells: ['shell', 'defaults run shell'],
    machines: ['runs-on'],
  },
  // https://docs.gitlab.com/ci/yaml/
  'gitlab-ci': {
    syntax: 'yaml',
    commands: [['** script|before_script|after_script|pre_get_sources_script', 'sh']],
    settings: ['variables'],
  },
  // https://circleci.com/docs/reference/configuration-reference/
  circleci: {
    syntax: 'yaml',
    commands: [
      ['** steps ** run', 'shell'],
      ['** steps ** run command', 'shell'],
    ],
    settings: ['environment'],
    shells: ['shell'],
  },
  // https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/
  'azure-pipelines': {
    syntax: 'yaml',
    commands: [
      ['** script|bash', 'sh'],
      ['** pwsh|powershell|inlineScript', 'words'],
    ],
    settings: ['env', 'variables'],
  },
  // https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/
  'bitbucket-pipelines': { syntax: 'yaml', commands: [['** script|after-script', 'sh']] },
  // https://buildkite.com/docs/pipelines/configure/step-types/command-step
  buildkite: { syntax: 'yaml', commands: [['** command|commands', 'sh']], settings: ['env'] },
  // https://woodpecker-ci.org/docs/usage/workflow-syntax, https://docs.drone.io/pipeline/docker/syntax/steps/
  woodpecker: { syntax: 'yaml', commands: [['** commands', 'sh']], settings: ['environment'] },
  // https://docs.travis-ci.com/user/job-lifecycle/
  travis: {
    syntax: 'yaml',
    commands: [
      ['install|script|before_install|before_script|after_script|after_success|after_failure', 'sh'],
      ['before_deploy|after_deploy|before_cache', 'sh'],
      ['jobs|matrix include install|script|before_install|before_script|after_success|after_script', 'sh'],
    ],
  },
  // https://cirrus-ci.org/guide/writing-tasks/
  cirrus: { syntax: 'yaml', commands: [['** script|*_script', 'sh']], settings: ['env', 'environment'] },
  // https://www.appveyor.com/docs/appveyor-yml/
  appveyor: {
    syntax: 'yaml',
    commands: [
      ['** install|init|build_script|before_build|after_build|test_script|before_test|after_test', 'words'],
      ['** deploy_script|before_deploy|on_success|on_finish|ps|pwsh|cmd', 'words'],
      ['** sh', 'sh'],
    ],
  },
  // https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
  buildspec: { syntax: 'yaml', commands: [['phases ** commands|finally', 'sh']], settings: ['variables'] },
  // https://docs.cloud.google.com/build/docs/build-config-file-schema
  cloudbuild: { syntax: 'yaml', commands: [['steps script', 'sh']], settings: ['env'] },
  // https://docs.semaphore.io/reference/pipeline-yaml
  semaphore: { syntax: 'yaml', commands: [['** commands', 'sh']], settings: ['env_vars'] },
  // https://taskfile.dev/docs/reference/schema
  taskfile: {
    syntax: 'yaml',
    commands: [
      ['tasks *', 'sh'],
      ['tasks * ** cmd|cmds|sh', 'sh'],
    ],
    settings: ['env'],
  },
  // https://github.com/compose-spec/compose-spec/blob/main/05-services.md
  compose: {
    syntax: 'yaml',
    commands: [
      ['services * command|entrypoint', 'exec'],
      ['services * build args', 'settings'],
      ['services * post_start|pre_stop command', 'exec'],
      ['services * healthcheck test', 'check'],
      ['services * build dockerfile_inline', 'dockerfile'],
    ],
    settings: ['environment'],
  },
  // https://pre-commit.com/#creating-new-hooks
  'pre-commit': {
    syntax: 'yaml',
    commands: [
      ['repos hooks', 'hook'],
      ['repos hooks entry', 'sh'],
    ],
  },
  // https://lefthook.dev/configuration/
  lefthook: { syntax: 'yaml', commands: [['** run', 'sh']], settings: ['env'] },
  // https://github.com/lint-staged/lint-staged#configuration
  'lint-staged': {
    syntax: 'yaml',
    commands: [['*', 'sh']],
  },
  // https://render.com/docs/blueprint-spec
  render: {
    syntax: 'yaml',
    commands: [['services buildCommand|startCommand|preDeployCommand', 'sh']],
    settings: ['envVars'],
  },
  // https://www.gitpod.io/docs/classic/user/references/gitpod-yml
  gitpod: { syntax: 'yaml', commands: [['tasks before|init|command|prebuild', 'sh']], settings: ['env'] },
} as const satisfies Readonly<Record<string, CommandTable>>;
