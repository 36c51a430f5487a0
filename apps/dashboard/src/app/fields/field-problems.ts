/** What is wrong with a form: by the path of a field, and what belongs to none of them. */
export interface FieldProblems {
  readonly fields: Readonly<Record<string, string>>;
  readonly general: string | null;
}

export const NO_PROBLEMS: FieldProblems = { fields: {}, general: null };

/**
 * Gives each of the server's complaints to the field it is about, or to the one that it is inside
 * of: `detection.classes.3` belongs to `detection.classes`.
 * @param known - paths of the fields of the form
 * @param message - what stands when no field is named
 */
export function sortProblems(
  problems: readonly { path: string; message: string }[],
  known: readonly string[],
  message: string,
): FieldProblems {
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const problem of problems) {
    const field = known.find(
      (path) => problem.path === path || problem.path.startsWith(`${path}.`),
    );
    if (field !== undefined) fields[field] ??= problem.message;
    else rest.push(problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`);
  }
  const general = problems.length === 0 ? message : rest.join('; ');
  return { fields, general: general === '' ? null : general };
}
