import { type Part, runTool } from './part.ts';
import { oneOf } from './tally.ts';

/** Every file is written as Prettier would. */
export const format: Part = {
  name: 'format',
  run: async (bench) => {
    const { succeeded } = await runTool(bench, 'prettier', ['--check', '.']);
    return oneOf('format', succeeded);
  },
};
