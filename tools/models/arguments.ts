/** What `npm run models` is asked to do. */
export type ModelsCommand =
  { readonly name: 'list' } | { readonly name: 'get' | 'tune'; readonly id: string | undefined };

/** How to use the command. */
export const USAGE = `usage: npm run models -- list        the models of the catalog, and which are here
       npm run models -- get [id]    get a model (without an id: the catalog's default)
       npm run models -- tune [id]   measure how many threads its inference is worth here`;

/** Reads the words after `npm run models --`; `null` when they mean nothing. */
export function readModelsCommand(words: readonly string[]): ModelsCommand | null {
  const [name, id, ...rest] = words;
  if (rest.length > 0 || id?.startsWith('-') === true) return null;
  if (name === 'list' && id === undefined) return { name };
  if (name === 'get' || name === 'tune') return { name, id };
  return null;
}
