import { Client, credentials } from "@grpc/grpc-js";
import { CallbacksService } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { type Callback, CallbackInvokeRequest, type CallbackInvokeResponse } from "@pulumi/pulumi/proto/callback_pb";
import { MESSAGE_LIMITS } from "./rpc";

/** Calls functions that live in the program: its transforms. */
export class Callbacks {
  readonly #clients = new Map<string, Client>();
  readonly #count: (bytes: number) => void;

  /** @param count is told the size of each answer, and throws when it is too much. */
  constructor(count: (bytes: number) => void) {
    this.#count = count;
  }

  /** Sends a message to a function and gives back the bytes of its answer. */
  async call(callback: Callback, message: Uint8Array): Promise<Uint8Array> {
    const request = new CallbackInvokeRequest();
    request.setToken(callback.getToken());
    request.setRequest(message);
    const { path, requestSerialize, responseDeserialize } = CallbacksService.invoke;
    const client = this.#client(callback.getTarget());
    const response = await new Promise<CallbackInvokeResponse>((resolve, reject) =>
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, answer) => {
        if (answer) resolve(answer);
        else reject(new Error(error?.details ?? "the program gave no answer"));
      }),
    );
    const answer = response.getResponse_asU8();
    this.#count(answer.length);
    return answer;
  }

  /** Ends the connections. */
  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  #client(target: string): Client {
    // The program names the address: nothing but itself may be called.
    if (!/^(127\.0\.0\.1|localhost|\[::1\]):\d+$/.test(target))
      throw new Error(`a callback must be served on loopback, got ${JSON.stringify(target)}`);
    const known = this.#clients.get(target);
    if (known) return known;
    const client = new Client(target, credentials.createInsecure(), MESSAGE_LIMITS);
    this.#clients.set(target, client);
    return client;
  }
}
