import { describe, expect, test } from 'vitest';
import { distributionOf } from '../../../../src/ecosystems/pypi/manifests/conda-names.ts';

describe('distributionOf', () => {
  test.each([
    ['numpy', 'numpy'],
    ['PyTorch', 'torch'],
    ['opencv', 'opencv-python'],
    ['python-graphviz', 'graphviz'],
    ['libcst', 'libcst'],
    ['jupyterhub-singleuser', 'jupyterhub'],
    ['python', undefined],
    ['unixodbc', undefined],
    ['graphviz', undefined],
    ['cudatoolkit', undefined],
    ['nodejs', undefined],
    ['git', undefined],
    ['r-dplyr', undefined],
    ['libgdal', undefined],
    ['_libgcc_mutex', undefined],
  ])('%s is %s', (conda, pypi) => {
    expect(distributionOf(conda)).toBe(pypi);
  });
});
