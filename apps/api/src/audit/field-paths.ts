/** The paths of all fields that a JSON object sets, such as `frame.width`; lists count as one. */
export function fieldPaths(value: unknown, prefix = ''): string[] {
  if (!isPlainObject(value)) return prefix === '' ? [] : [prefix];
  const paths = Object.entries(value).flatMap(([name, inner]) =>
    fieldPaths(inner, prefix === '' ? name : `${prefix}.${name}`),
  );
  return paths.length === 0 && prefix !== '' ? [prefix] : paths;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
