import protobuf from 'protobufjs';

/** What such a model needs of onnx/onnx.proto3 (github.com/onnx/onnx), with its field numbers. */
const DEFINITION = `
syntax = "proto3";
message ModelProto { int64 ir_version = 1; GraphProto graph = 7; repeated Opset opset_import = 8; }
message Opset { int64 version = 2; }
message GraphProto {
  repeated NodeProto node = 1;
  string name = 2;
  repeated TensorProto initializer = 5;
  repeated ValueInfo input = 11;
  repeated ValueInfo output = 12;
}
message NodeProto {
  repeated string input = 1;
  repeated string output = 2;
  string op_type = 4;
  repeated Attribute attribute = 5;
}
message Attribute { string name = 1; int64 i = 3; GraphProto g = 6; int32 type = 20; }
message TensorProto { repeated int64 dims = 1; int32 data_type = 2; string name = 8; bytes raw_data = 9; }
message ValueInfo { string name = 1; TypeProto type = 2; }
message TypeProto { TensorType tensor_type = 1; }
message TensorType { int32 elem_type = 1; Shape shape = 2; }
message Shape { repeated Dim dim = 1; }
message Dim { int64 dim_value = 1; }
`;
const FLOAT = 1;
const UINT8 = 2;
const INT64 = 7;
const BOOL = 9;
const AS_INT = 2;
const AS_GRAPH = 5;
/** Numbers in a row of the output: a box, its score, and COCO's classes. */
const ROW = 85;

/**
 * A model with the input and output of a detector whose inference never ends when the picture has a
 * bright pixel; a black one, as it is tried with when it is loaded, is done at once.
 */
export function hangingModel(side: number): Uint8Array {
  const value = (name: string, type: number, shape: number[]) => ({
    name,
    type: {
      tensorType: { elemType: type, shape: { dim: shape.map((dimValue) => ({ dimValue })) } },
    },
  });
  const node = (opType: string, input: string[], output: string, attribute: object[] = []) => ({
    opType,
    input,
    output: [output],
    attribute,
  });
  const numbers = (name: string, dims: number[], data: Float32Array) => ({
    name,
    dims,
    dataType: FLOAT,
    rawData: new Uint8Array(data.buffer),
  });
  const again = {
    name: 'again',
    node: [node('Identity', ['go'], 'go_on'), node('Identity', ['rows'], 'same_rows')],
    input: [value('turn', INT64, []), value('go', BOOL, []), value('rows', FLOAT, [1, 1, ROW])],
    output: [value('go_on', BOOL, []), value('same_rows', FLOAT, [1, 1, ROW])],
  };
  const graph = {
    name: 'hanging',
    node: [
      node('Cast', ['picture'], 'light', [{ name: 'to', i: FLOAT, type: AS_INT }]),
      node('ReduceMax', ['light'], 'brightest', [{ name: 'keepdims', i: 0, type: AS_INT }]),
      node('Greater', ['brightest', 'limit'], 'bright'),
      node('Loop', ['', 'bright', 'nothing'], 'out', [{ name: 'body', g: again, type: AS_GRAPH }]),
    ],
    initializer: [
      numbers('limit', [], Float32Array.of(32)),
      numbers('nothing', [1, 1, ROW], new Float32Array(ROW)),
    ],
    input: [value('picture', UINT8, [1, side, side, 3])],
    output: [value('out', FLOAT, [1, 1, ROW])],
  };
  const type = protobuf.parse(DEFINITION).root.lookupType('ModelProto');
  const model = { irVersion: 8, opsetImport: [{ version: 17 }], graph };
  return type.encode(type.fromObject(model)).finish();
}
