import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { type Answers } from "../answers";
import { Callbacks } from "./callbacks";
import { engineService } from "./engineService";
import { type Judge } from "./judge";
import { Lookups } from "./lookups";
import { Messages } from "./messages";
import { monitorService } from "./monitorService";
import { Resources } from "./resources";
import { counter, MESSAGE_LIMITS } from "./rpc";
import { SecretTexts } from "./secrets";
import { Transforms } from "./transforms";
import { type Target } from "./urn";

/** Of everything that a program sends; the graph is some times bigger in memory, and Node's heap ends at 2 to 4 GiB. */
const MAX_TOTAL_BYTES = 512 * 1024 * 1024;

/** A running monitor and engine, and what they learned. */
export interface Monitor {
  /** `127.0.0.1:port`. */
  address: string;
  resources: Resources;
  lookups: Lookups;
  messages: Messages;
  secrets: SecretTexts;
  close(): void;
}

/** What a monitor needs to know of the program. */
export interface MonitorOptions extends Target {
  directory: string;
  answers: Answers;
  /** Where the program's secrets are remembered. */
  secrets?: SecretTexts;
  /**
   * Of everything that the program sends.
   * @default 536870912
   */
  maxBytes?: number;
  /** Sees every resource before it is registered. */
  judge?: Judge;
  /** Called once when the program has sent more than it may. */
  onTooMuch: (limit: number) => void;
}

/** Starts to serve on a free port of loopback. */
export async function startMonitor({
  project,
  stack,
  directory,
  answers,
  secrets = new SecretTexts(),
  maxBytes = MAX_TOTAL_BYTES,
  judge,
  onTooMuch,
}: MonitorOptions): Promise<Monitor> {
  const resources = new Resources({ project, stack }, secrets);
  const lookups = new Lookups(answers, secrets, directory);
  const messages = new Messages();
  const count = counter(maxBytes, onTooMuch);
  const callbacks = new Callbacks(count);
  const transforms = new Transforms(callbacks);
  const server = new Server(MESSAGE_LIMITS);
  serve(server, ResourceMonitorService, monitorService({ resources, transforms, lookups, directory, judge }), count);
  serve(server, EngineService, engineService(messages), count);
  const port = await listen(server);
  const close = () => {
    callbacks.close();
    server.forceShutdown();
  };
  return { address: `127.0.0.1:${port}`, resources, lookups, messages, secrets, close };
}

function serve(
  server: Server,
  service: object,
  implementation: UntypedServiceImplementation,
  count: (bytes: number) => void,
): void {
  const metered = Object.entries(service as ServiceDefinition).map(([name, method]) => [
    name,
    {
      ...method,
      requestDeserialize: (bytes: Buffer): unknown => {
        count(bytes.length);
        return method.requestDeserialize(bytes);
      },
    },
  ]);
  server.addService(Object.fromEntries(metered) as ServiceDefinition, implementation);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    }),
  );
}
