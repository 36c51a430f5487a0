/** What is wrong with a form: by field, and what belongs to none of them. */
export interface FieldProblems {
  readonly fields: { readonly name?: string; readonly path?: string };
  readonly general: string | null;
}

const FIELD_OF: Readonly<Record<string, 'name' | 'path'>> = {
  name: 'name',
  source: 'path',
  'source.path': 'path',
};

/**
 * Gives each of the server's complaints to the field it is about.
 * @param message - what stands when no field is named
 */
export function sortProblems(
  problems: readonly { path: string; message: string }[],
  message: string,
): FieldProblems {
  const fields: { name?: string; path?: string } = {};
  const rest: string[] = [];
  for (const problem of problems) {
    const field = FIELD_OF[problem.path];
    if (field !== undefined) fields[field] ??= problem.message;
    else rest.push(`${problem.path}: ${problem.message}`);
  }
  const general = problems.length === 0 ? message : rest.join('; ');
  return { fields, general: general === '' ? null : general };
}
