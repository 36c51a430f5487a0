import { resolve } from 'node:path';
import { ConfigError, readConfig } from '@lookout/config';
import { ensureModel, findModel, ModelError, readCatalog } from '@lookout/model-catalog';
import { readModelsCommand, USAGE } from './arguments.ts';
import { modelTable } from './model-table.ts';
import { npmRegistry } from './npm-registry.ts';
import { progressLines } from './progress-lines.ts';
import { tuneModel } from './tune-model.ts';

const BAD_CONFIGURATION = 78;

/** @returns the exit code */
async function main(words: readonly string[]): Promise<number> {
  const command = readModelsCommand(words);
  if (command === null) {
    console.error(USAGE);
    return 64;
  }
  const catalog = await readCatalog(resolve(import.meta.dirname, '../../models'));
  switch (command.name) {
    case 'list':
      for (const line of await modelTable(catalog)) console.log(line);
      return 0;
    case 'get': {
      const { id } = findModel(catalog, command.id);
      const onProgress = progressLines(id, (line) => {
        console.log(line);
      });
      const model = await ensureModel(catalog, id, { onProgress, registry: npmRegistry });
      console.log(`${id}: ready, ${model.file}`);
      console.log(`${id}: licence ${model.licence.id}. ${model.licence.notice}`);
      return 0;
    }
    case 'tune':
      await tuneModel(catalog, command.id, readConfig(), (line) => {
        console.log(line);
      });
      return 0;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ModelError || error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof ConfigError ? BAD_CONFIGURATION : 1;
}
