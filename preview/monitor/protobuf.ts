import { createRequire } from "node:module";
import type * as structs from "google-protobuf/google/protobuf/struct_pb";
import type * as empties from "google-protobuf/google/protobuf/empty_pb";

// Messages must be made of the very copy of google-protobuf that Pulumi's generated code uses: a bundled second copy
// would have other classes.
const load = createRequire(require.resolve("@pulumi/pulumi/proto/resource_pb.js"));

/** Classes of google.protobuf.Struct and Value. */
export const { Struct, Value } = load("google-protobuf/google/protobuf/struct_pb.js") as typeof structs;
/** Class of google.protobuf.Empty. */
export const { Empty } = load("google-protobuf/google/protobuf/empty_pb.js") as typeof empties;

export type StructMessage = structs.Struct;
export type ValueMessage = structs.Value;
