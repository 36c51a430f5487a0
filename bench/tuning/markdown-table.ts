/** Rows of cells as lines of a Markdown table; the first row is the heading. */
export function markdownTable(rows: readonly (readonly string[])[]): string[] {
  const lines = rows.map(
    (row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
  );
  const [heading = '', ...rest] = lines;
  return [heading, `|${' --- |'.repeat(rows[0]?.length ?? 0)}`, ...rest];
}
