import { bucketOf } from "./bucket";
import { type GoogleClients, googleClients } from "./clients";
import { type Settings } from "./environment";
import { type Host, machine } from "./host";
import { imagesOf } from "./images";
import { type Factory } from "./observe";
import { PATIENCE, type Patience, retrying } from "./retry";
import { readUsage } from "./usage/usage";

/** How the factory is reached. */
export interface ConnectOptions {
  /** @default - Google's services, as the account that the machine runs as */
  clients?: GoogleClients;
  /** @default - this machine */
  host?: Host;
  /** Calls and waits end then; milliseconds since 1970. @default - they are patient */
  deadline?: number;
  /** How often and how long calls are tried again. */
  patience?: Partial<Omit<Patience, "deadline">>;
}

/** Connects to a factory; nothing is called yet. */
export function connect(
  { project, bucket, consumers, assetScope }: Omit<Settings, "deadlineSeconds">,
  { clients = googleClients(), host = machine, deadline = Infinity, patience }: ConnectOptions = {},
): Factory {
  const retry = retrying(host, { ...PATIENCE, ...patience, deadline });
  return {
    project,
    host,
    images: imagesOf({ project, clients, host, retry, deadline }),
    bucket: bucketOf(bucket, clients, retry),
    usage: (images) => readUsage({ project, consumers, ...(assetScope ? { assetScope } : {}) }, images, clients, retry),
  };
}
