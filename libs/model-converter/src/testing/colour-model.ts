import { GraphBuilder, type GraphFiles } from './graph-builder.ts';

/** Labels of the colour model, by id. */
export const COLOUR_LABELS = ['red', 'blue'] as const;

/** Anchors of the colour model: one map with one anchor, as large as its cells. */
export const COLOUR_ANCHORS = [[[32, 32] as const]] as const;

/**
 * A model that a test can foresee: in each cell of 32x32 pixels it sees a `red` or a `blue` thing
 * that fills the cell when the cell has a pixel of that pure colour, with a confidence near 1.
 */
export function colourModel(tracedInput = 64): GraphFiles {
  const graph = new GraphBuilder();
  const picture = graph.picture(tracedInput);
  const brightest = graph.maxPool('brightest', picture, 32, 32);
  // In: red, green, blue. Out: x, y, width, height, objectness, score of red, score of blue.
  const shape = [1, 1, 3, 7];
  const data = Float32Array.from(
    [
      [0, 0, 0, 0, 40, 40, -40],
      [0, 0, 0, 0, -80, 0, 0],
      [0, 0, 0, 0, 40, -40, 40],
    ].flat(),
  );
  const bias = Float32Array.of(0, 0, 0, 0, -20, 0, 0);
  const map = graph.convolution('map', brightest, { shape, data }, bias);
  graph.node('Identity', 'out', [map]);
  return graph.files();
}
