import protobuf from 'protobufjs';

/**
 * The messages of ONNX (onnx/onnx.proto3 of github.com/onnx/onnx, IR version 8) that our models
 * use, with the field numbers of the standard.
 */
const DEFINITION = `
syntax = "proto3";
package onnx;

message ModelProto {
  int64 ir_version = 1;
  string producer_name = 2;
  GraphProto graph = 7;
  repeated OperatorSetIdProto opset_import = 8;
  repeated StringStringEntryProto metadata_props = 14;
}
message OperatorSetIdProto { string domain = 1; int64 version = 2; }
message StringStringEntryProto { string key = 1; string value = 2; }
message GraphProto {
  repeated NodeProto node = 1;
  string name = 2;
  repeated TensorProto initializer = 5;
  repeated ValueInfoProto input = 11;
  repeated ValueInfoProto output = 12;
}
message NodeProto {
  repeated string input = 1;
  repeated string output = 2;
  string name = 3;
  string op_type = 4;
  repeated AttributeProto attribute = 5;
}
message AttributeProto {
  enum AttributeType { UNDEFINED = 0; FLOAT = 1; INT = 2; STRING = 3; FLOATS = 6; INTS = 7; }
  string name = 1;
  int64 i = 3;
  bytes s = 4;
  repeated int64 ints = 8;
  AttributeType type = 20;
}
message TensorProto {
  repeated int64 dims = 1;
  int32 data_type = 2;
  string name = 8;
  bytes raw_data = 9;
}
message ValueInfoProto { string name = 1; TypeProto type = 2; }
message TypeProto {
  message Tensor { int32 elem_type = 1; TensorShapeProto shape = 2; }
  Tensor tensor_type = 1;
}
message TensorShapeProto {
  message Dimension { int64 dim_value = 1; }
  repeated Dimension dim = 1;
}
`;

/** Kinds of numbers in a tensor, as ONNX counts them. */
export const ELEMENT_TYPE = { float32: 1, uint8: 2, int64: 7 } as const;

/** An attribute of a node: a whole number, a list of them, or a text. */
export type AttributeMessage =
  | { readonly name: string; readonly type: 'INT'; readonly i: number }
  | { readonly name: string; readonly type: 'INTS'; readonly ints: readonly number[] }
  | { readonly name: string; readonly type: 'STRING'; readonly s: Uint8Array };

/** An operation of an ONNX graph. */
export interface NodeMessage {
  readonly name: string;
  readonly op_type: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly AttributeMessage[];
}

/** A constant of an ONNX graph; `raw_data` is little-endian. */
export interface TensorMessage {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data_type: number;
  readonly raw_data: Uint8Array;
}

/** An input or output of an ONNX graph. */
export interface ValueInfoMessage {
  readonly name: string;
  readonly type: {
    readonly tensor_type: {
      readonly elem_type: number;
      readonly shape: { readonly dim: readonly { readonly dim_value: number }[] };
    };
  };
}

/** A whole ONNX model. */
export interface ModelMessage {
  readonly ir_version: number;
  readonly producer_name: string;
  readonly opset_import: readonly { readonly domain: string; readonly version: number }[];
  readonly metadata_props: readonly { readonly key: string; readonly value: string }[];
  readonly graph: {
    readonly name: string;
    readonly node: readonly NodeMessage[];
    readonly initializer: readonly TensorMessage[];
    readonly input: readonly ValueInfoMessage[];
    readonly output: readonly ValueInfoMessage[];
  };
}

const modelType = protobuf.parse(DEFINITION, { keepCase: true }).root.lookupType('onnx.ModelProto');

/** Writes a model as the bytes of an `.onnx` file; the same model gives the same bytes. */
export function encodeModel(model: ModelMessage): Uint8Array {
  return modelType.encode(modelType.fromObject(model)).finish();
}
