import { expect, test } from 'vitest';
import { applyOverrides } from '../../src/scenario/overrides.ts';
import { toDiagnostics } from '../../src/scenario/problem.ts';
import { readYaml } from '../../src/scenario/yaml-tree.ts';

function problemOf(yaml: string, path: string): { code: string; help: string | null } | undefined {
  const { tree } = readYaml('site.yaml', yaml);
  return toDiagnostics(applyOverrides(tree!, [{ path, value: '1' }]).problems)[0];
}

test('below a single value: the whole of it is to be replaced', () => {
  const found = problemOf('db: { steps: [{ serve: 4ms }] }\n', 'db.steps[0].serve.mean');
  expect(found).toMatchObject({ code: 'HF009' });
  expect(found?.help).toContain(`--set 'db.steps[0].serve={ mean: … }'`);
});

test('below a key that is not there: both are added at once', () => {
  const found = problemOf('db: { servers: 4 }\n', 'db.pool.perCaller');
  expect(found).toMatchObject({ code: 'HF009' });
  expect(found?.help).toContain(`--set 'db.pool={ perCaller: … }'`);
  expect(problemOf('db: { servers: 4 }\n', 'db.pool')).toBeUndefined();
});

test('a misspelt key is answered with the one that is there', () => {
  expect(problemOf('db: { servers: { count: 4 } }\n', 'db.severs.count')?.help).toContain('"servers"');
});
