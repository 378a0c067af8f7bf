import type { ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { addRequirementLine } from './requirement-lines.ts';
import { partSpan, textsAt } from '../../../documents/document.ts';
import { readYaml } from '../../../documents/yaml.ts';

/**
 * Reads the environment of a project or a model of MLflow. Its items are lines of a list of requirements, which MLflow gives
 * to pip (`_PythonEnv` in https://github.com/mlflow/mlflow/blob/master/mlflow/utils/environment.py, read on 2026-11-30).
 */
export async function read(text: string): Promise<ManifestContents> {
  const { root, broken } = await readYaml(text);
  const draft = newManifest(broken);
  for (const key of ['build_dependencies', 'dependencies']) {
    for (const item of textsAt(root, key)) {
      const line = item.value.replace(/(?<!\S)#.*$/, '');
      addRequirementLine(draft, { text: line, spanOf: (part) => partSpan(item, part) });
    }
  }
  return normalise(draft);
}
