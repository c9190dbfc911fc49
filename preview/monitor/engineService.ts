import { type UntypedServiceImplementation } from "@grpc/grpc-js";
import {
  GetRootResourceResponse,
  type LogRequest,
  RequirePulumiVersionResponse,
  type SetRootResourceRequest,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import { type Messages } from "./messages";
import { Empty } from "./protobuf";
import { unary } from "./rpc";

/** Serves what the engine does besides resources: the log, and the stack's URN. */
export function engineService(messages: Messages): UntypedServiceImplementation {
  let root = "";
  return {
    log: unary((request: LogRequest) => {
      messages.add(request);
      return new Empty();
    }),
    getRootResource: unary(() => {
      const response = new GetRootResourceResponse();
      response.setUrn(root);
      return response;
    }),
    setRootResource: unary((request: SetRootResourceRequest) => {
      root = request.getUrn();
      return new SetRootResourceResponse();
    }),
    startDebugging: unary(() => new Empty()),
    requirePulumiVersion: unary(() => new RequirePulumiVersionResponse()),
  };
}
