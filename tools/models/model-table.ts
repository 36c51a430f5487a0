import { inspectModel, type Catalog, type FileState } from '@lookout/model-catalog';

const WORDS: Record<FileState, string> = {
  ready: 'ready',
  missing: 'not here',
  damaged: 'damaged',
};

/** The models of the catalog as lines of text: id, state of the file, licence, title. */
export async function modelTable(catalog: Catalog): Promise<string[]> {
  const rows = [['model', 'file', 'licence', 'what it is']];
  for (const model of catalog.models) {
    const name = model.id === catalog.defaultId ? `${model.id} (default)` : model.id;
    const state = WORDS[await inspectModel(model)];
    rows.push([name, state, model.licence.id, model.title]);
  }
  const width = (column: number): number =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(width(column)))
      .join('  ')
      .trimEnd(),
  );
}
