import { type sendUnaryData, type ServerUnaryCall, status, type UntypedHandleCall } from "@grpc/grpc-js";

/** Serves a method by a function; what it throws reaches the program as the engine's own error would. */
export function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): UntypedHandleCall {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => {
    Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => callback(null, response),
        (error: Error) => callback({ code: status.UNKNOWN, details: error.message }),
      );
  };
}
