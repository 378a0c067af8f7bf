import { describe, expect, test } from 'vitest';
import { distributionOf } from '../../../../src/ecosystems/pypi/manifests/conda-names.ts';

describe('distributionOf', () => {
  test.each([
    ['numpy', 'numpy'],
    ['PyTorch', 'torch'],
    ['opencv', 'opencv-python'],
    ['python-graphviz', 'graphviz'],
    ['libcst', 'libcst'],
    ['python', undefined],
    ['graphviz', undefined],
    ['cudatoolkit', undefined],
    ['nodejs', undefined],
    ['git', undefined],
    ['r-dplyr', undefined],
    ['libgdal', undefined],
    ['_libgcc_mutex', undefined],
    ['unixodbc', undefined],
    ['pyodbc', 'pyodbc'],
    ['jupyterhub-singleuser', undefined],
    ['jupyterhub', 'jupyterhub'],
    ['jupyterhub-base', 'jupyterhub'],
    ['gtest', undefined],
    ['pytest', 'pytest'],
    ['python-build', 'build'],
    ['python-dateutil', 'python-dateutil'],
    ['su-exec', undefined],
    ['tini', undefined],
    ['conda-forge-ci-setup', undefined],
    ['conda-forge-pinning', undefined],
    ['conda-forge-metadata', 'conda-forge-metadata'],
    ['scipy-tests', undefined],
    ['scipy', 'scipy'],
    ['gcc_linux-aarch64', undefined],
    ['kernel-headers_linux-64', undefined],
    ['kiss-headers', 'kiss-headers'],
    ['libertem', 'libertem'],
    ['faiss-cpu', 'faiss-cpu'],
  ])('%s is %s', (conda, pypi) => {
    expect(distributionOf(conda)).toBe(pypi);
  });
});
