import { Client, credentials, type ServiceError, status } from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  type AnalyzeResponse,
  type AnalyzerHandshakeRequest,
  type AnalyzerInfo,
  type AnalyzerStackConfigureRequest,
  type ConfigureAnalyzerRequest,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "../monitor/protobuf";
import { MESSAGE_LIMITS } from "../monitor/rpc";

/** A message in the form in which it is sent. */
interface Message {
  serializeBinary(): Uint8Array;
}

interface Method<Response> {
  path: string;
  responseDeserialize: (bytes: Buffer) => Response;
}

/** Why a call of a pack failed. */
export class CallFailure extends Error {
  constructor(
    readonly code: status,
    /** What the pack answered, its stack included. */
    readonly details: string,
  ) {
    super(details);
  }
}

/** Calls the methods of a policy pack. What an older pack does not implement gives nothing, as in Pulumi. */
export class Analyzer {
  readonly #client: Client;
  readonly #count: (bytes: number) => void;

  /** @param count is told the size of each answer, and throws when it is too much. */
  constructor(port: number, count: (bytes: number) => void) {
    this.#client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), MESSAGE_LIMITS);
    this.#count = count;
  }

  handshake(request: AnalyzerHandshakeRequest): Promise<unknown> {
    return this.#optional(AnalyzerService.handshake, bytesOf(request));
  }

  configureStack(request: AnalyzerStackConfigureRequest): Promise<unknown> {
    return this.#optional(AnalyzerService.configureStack, bytesOf(request));
  }

  pluginInfo(): Promise<unknown> {
    return this.#call(AnalyzerService.getPluginInfo, bytesOf(new Empty()));
  }

  info(): Promise<AnalyzerInfo> {
    return this.#call(AnalyzerService.getAnalyzerInfo, bytesOf(new Empty()));
  }

  configure(request: ConfigureAnalyzerRequest): Promise<unknown> {
    return this.#call(AnalyzerService.configure, bytesOf(request));
  }

  /** @param request an AnalyzeRequest, made into bytes once for all packs. */
  remediate(request: Buffer): Promise<RemediateResponse | undefined> {
    return this.#optional(AnalyzerService.remediate, request);
  }

  /** @param request an AnalyzeRequest, made into bytes once for all packs. */
  analyze(request: Buffer): Promise<AnalyzeResponse> {
    return this.#call(AnalyzerService.analyze, request);
  }

  /** @param request an AnalyzeStackRequest, made into bytes once for all packs. */
  analyzeStack(request: Buffer): Promise<AnalyzeResponse | undefined> {
    return this.#optional(AnalyzerService.analyzeStack, request);
  }

  cancel(): Promise<unknown> {
    return this.#optional(AnalyzerService.cancel, bytesOf(new Empty()));
  }

  close(): void {
    this.#client.close();
  }

  async #optional<Response>(method: Method<Response>, request: Buffer): Promise<Response | undefined> {
    try {
      return await this.#call(method, request);
    } catch (error) {
      if (error instanceof CallFailure && error.code === status.UNIMPLEMENTED) return undefined;
      throw error;
    }
  }

  #call<Response>({ path, responseDeserialize }: Method<Response>, request: Buffer): Promise<Response> {
    const counted = (bytes: Buffer): Response => {
      this.#count(bytes.length);
      return responseDeserialize(bytes);
    };
    return new Promise((resolve, reject) =>
      this.#client.makeUnaryRequest(path, asItIs, counted, request, (error, answer) => {
        if (answer === undefined) reject(failureOf(error));
        else resolve(answer);
      }),
    );
  }
}

/** The bytes of a message. */
export function bytesOf(message: Message): Buffer {
  return Buffer.from(message.serializeBinary());
}

function asItIs(bytes: Buffer): Buffer {
  return bytes;
}

function failureOf(error: ServiceError | null): CallFailure {
  return new CallFailure(error?.code ?? status.UNKNOWN, error?.details ?? "it gave no answer");
}
