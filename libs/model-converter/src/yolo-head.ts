import { ConversionError } from './conversion-error.ts';
import type { Feature } from './feature.ts';
import type { OnnxGraph } from './onnx-graph.ts';

/** Width and height of one anchor in pixels of the input. */
export type Anchor = readonly [width: number, height: number];

/** Name of the model's only output. */
export const OUTPUT = 'detections';

/**
 * Writes YOLOv5's decoding head: from the maps of its detection convolutions, finest first, to rows
 * of [centre x, centre y, width, height, objectness, class scores…], boxes in pixels of the input.
 * Rows are in the order of map, anchor, y, x.
 * @param anchors - of each map
 * @param input - side of the model's input in pixels
 */
export function writeYoloHead(
  graph: OnnxGraph,
  maps: readonly Feature[],
  anchors: readonly (readonly Anchor[])[],
  input: number,
  classCount: number,
): void {
  const rowLength = 5 + classCount;
  const flat = maps.map((map, level) => {
    const count = anchors[level]?.length ?? 0;
    if (maps.length !== anchors.length || map.channels !== count * rowLength) {
      throw new ConversionError(
        `${map.name} has ${String(map.channels)} channels, which does not fit ` +
          `${String(count)} anchors with ${String(classCount)} classes`,
      );
    }
    return flatten(graph, map, count, rowLength);
  });
  const rows = maps.flatMap((map, level) => rowsOf(map, anchors[level] ?? [], input / map.side));
  const all = graph.node('Concat', 'head/all', flat, { axis: 1 });
  const scaled = graph.node('Sigmoid', 'head/sigmoid', [all]);
  const split = graph.integers('head/split', [2, 2, rowLength - 4]);
  graph.nodeWithOutputs(
    'Split',
    'head/parts',
    [scaled, split],
    ['head/xy', 'head/wh', 'head/scores'],
    { axis: 2 },
  );
  const column = (name: string, width: number, pick: (row: Row) => readonly number[]): string =>
    graph.floats(name, [1, rows.length, width], Float32Array.from(rows.flatMap(pick)));
  // centre = (2 s - 0.5 + cell) * stride, size = (2 s)^2 * anchor
  const steps = column('head/steps', 1, ({ stride }) => [2 * stride]);
  const corners = column('head/corners', 2, ({ stride, x, y }) => [
    (x - 0.5) * stride,
    (y - 0.5) * stride,
  ]);
  const sizes = column('head/sizes', 2, ({ anchor: [width, height] }) => [4 * width, 4 * height]);
  const stepped = graph.node('Mul', 'head/stepped', ['head/xy', steps]);
  const centre = graph.node('Add', 'head/centre', [stepped, corners]);
  const squared = graph.node('Mul', 'head/squared', ['head/wh', 'head/wh']);
  const size = graph.node('Mul', 'head/size', [squared, sizes]);
  graph.node('Concat', OUTPUT, [centre, size, 'head/scores'], { axis: 2 });
  graph.output(OUTPUT, 'float32', [1, rows.length, rowLength]);
}

/** The place in the picture that one row of the output speaks of. */
interface Row {
  readonly stride: number;
  readonly anchor: Anchor;
  readonly x: number;
  readonly y: number;
}

function rowsOf(map: Feature, anchors: readonly Anchor[], stride: number): Row[] {
  const cells = Array.from({ length: map.side ** 2 }, (_, cell) => ({
    x: cell % map.side,
    y: Math.floor(cell / map.side),
  }));
  return anchors.flatMap((anchor) => cells.map((cell) => ({ stride, anchor, ...cell })));
}

/** [1, anchors * rowLength, side, side] to [1, anchors * side * side, rowLength] */
function flatten(graph: OnnxGraph, map: Feature, count: number, rowLength: number): string {
  const cells = map.side ** 2;
  const apart = graph.integers(`${map.name}/apart`, [count, rowLength, cells]);
  const split = graph.node('Reshape', `${map.name}/split`, [map.name, apart]);
  const turned = graph.node('Transpose', `${map.name}/turned`, [split], { perm: [0, 2, 1] });
  const shape = graph.integers(`${map.name}/rows`, [1, count * cells, rowLength]);
  return graph.node('Reshape', `${map.name}/flat`, [turned, shape]);
}
