import { RunOutcome } from "../core/lifecycle/report";
import { googleClients } from "./clients";
import { connect, type ConnectOptions } from "./connect";
import { findCredentials } from "./credentials";
import { googleFrom } from "./endpoints";
import { enforceLifecycle } from "./enforce";
import { settingsFrom } from "./environment";
import { machine } from "./host";
import { LogEvent } from "./log";

/** The part of a request that matters here. https://cloud.google.com/functions/docs/writing/write-http-functions */
export interface FunctionRequest {
  method?: string;
}

/** The part of a response that is used. */
export interface FunctionResponse {
  status(code: number): FunctionResponse;
  json(body: unknown): unknown;
}

/** Time to end what was begun, in which nothing new is begun. */
const LAST_MILLISECONDS = 60_000;
/** Time to write the report. */
const REPORT_MILLISECONDS = 20_000;

/** Serves one run over HTTP: 200 where it was fine or another run is at work, 500 where it failed. */
export async function serveEnforcement(
  { method }: FunctionRequest,
  response: FunctionResponse,
  environment: Record<string, string | undefined> = process.env,
  options: ConnectOptions = {},
): Promise<void> {
  if (method !== "POST") return void response.status(405).json({ message: "a run is begun with POST" });
  const host = options.host ?? machine;
  try {
    const settings = settingsFrom(environment);
    const end = host.now() + settings.deadlineSeconds * 1000;
    const clients = options.clients ?? googleClients(googleFrom(environment));
    await findCredentials(clients);
    const factory = connect(settings, { ...options, clients, deadline: end - REPORT_MILLISECONDS });
    const { summary } = await enforceLifecycle(factory, { stopAt: end - LAST_MILLISECONDS });
    response.status(summary.outcome === RunOutcome.Failed ? 500 : 200).json(summary);
  } catch (error) {
    const { message } = error as Error;
    host.log(
      JSON.stringify({ severity: "ERROR", message, kiln: { event: LogEvent.Summary, outcome: RunOutcome.Failed } }),
    );
    response.status(500).json({ outcome: RunOutcome.Failed, message });
  }
}
