import { type sendUnaryData, type ServerUnaryCall, status, type UntypedHandleCall } from "@grpc/grpc-js";

/** Pulumi's own limit of one message: no program that deploys is refused here. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** What one message may have, in both directions. */
export const MESSAGE_LIMITS = {
  "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
  "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
};

/** Counts bytes up to a limit, beyond which it throws and tells once. */
export function counter(limit: number, onTooMuch: (limit: number) => void): (bytes: number) => void {
  let total = 0;
  return (bytes) => {
    const before = total;
    total += bytes;
    if (before <= limit && total > limit) onTooMuch(limit);
    if (total > limit) throw new Error("too much was sent");
  };
}

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
