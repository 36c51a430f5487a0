import { type Part, runTool } from './part.ts';
import { add, failure, NOTHING, oneOf, type Tally } from './tally.ts';

/** One of Nx' targets on every project that has it; each project counts as one test. */
export function nxTarget(target: string): Part {
  return {
    name: target,
    run: async (bench) => {
      const quiet = { ...bench, show: () => undefined };
      const list = ['show', 'projects', '--with-target', target, '--json'];
      const { output: projects } = await runTool(quiet, 'nx', list);
      const args = ['run-many', '-t', target, '--parallel=2', '--output-style=static'];
      const { output, succeeded } = await runTool(bench, 'nx', args);
      return tallyTasks(target, projectNames(projects), output, succeeded);
    },
  };
}

/** Counts the tasks that Nx reports as done; one that it does not mention has not succeeded. */
export function tallyTasks(
  target: string,
  projects: readonly string[],
  output: string,
  succeeded: boolean,
): Tally {
  const tasks = (pattern: RegExp) =>
    [...output.matchAll(pattern)].filter(([, , task]) => task === target);
  const ran = new Set(tasks(/^> nx run ([^\s:]+):([^\s:]+)/gm).map(([, project]) => project));
  const failed = new Set(tasks(/^- ([^\s:]+):([^\s:]+)/gm).map(([, project]) => project));
  const tally = projects
    .map((project) => oneOf(`${target} of ${project}`, ran.has(project) && !failed.has(project)))
    .reduce(add, NOTHING);
  const accounted = tally.failures.length > 0 || succeeded;
  return accounted ? tally : add(tally, failure(`${target}: Nx itself failed`));
}

function projectNames(json: string): string[] {
  const line = json.split('\n').find((each) => each.startsWith('['));
  return line === undefined ? [] : (JSON.parse(line) as string[]);
}
