/** The claims file: statements of the documents behind a scenario that its own arithmetic contradicts. */
import * as z from 'zod';
import type { Diagnostic } from '../base/diagnostics.ts';
import { problemsOf } from './issues.ts';
import { toDiagnostics } from './problem.ts';
import { doc, strict } from './schema/quantity.ts';
import { child, toPlain } from './tree.ts';
import type { Claim } from './types.ts';
import { readYaml } from './yaml-tree.ts';

const claim = strict({
  id: doc(z.string().min(1), 'Name of the claim.', 'sum-of-means'),
  source: doc(z.string().min(1), 'Where it is said.', 'plan 3.1'),
  says: doc(z.string().min(1), 'What is said.', 'P99 is 163 ms.'),
  finding: doc(z.string().min(1), 'What the arithmetic says.', '163 ms is a sum of means, not a percentile.'),
  about: doc(z.array(z.string().min(1)).min(1), 'Names of the scenario it is about.', ['create']),
});

const list = z.array(claim);

export interface ReadClaims {
  readonly claims: readonly Claim[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a list of claims, at the top of the file or under `claims:`. Without any when something is wrong. */
export function readClaims(file: string, text: string): ReadClaims {
  const { tree, problems } = readYaml(file, text);
  if (tree === null) return { claims: [], diagnostics: toDiagnostics(problems) };
  const isWrapped = tree.kind === 'map' && tree.entries.has('claims');
  const result = list.safeParse(toPlain(isWrapped ? (child(tree, 'claims') ?? tree) : tree));
  if (result.success)
    return { claims: problems.length === 0 ? result.data : [], diagnostics: toDiagnostics(problems) };
  const shape = problemsOf(result.error.issues, tree, isWrapped ? ['claims'] : []).map(
    (each) => each.problem,
  );
  return { claims: [], diagnostics: toDiagnostics([...problems, ...shape]) };
}
