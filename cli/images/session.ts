import { type Factory } from "../../agent/observe";
import { type ReadPolicies } from "../../core/lifecycle/readPolicies";
import { policyProblemText } from "../../core/lifecycle/readPolicy";
import { loadAgent } from "../agent";
import { ExitCode } from "../exitCode";
import { abortOnSignals } from "../signals";
import { type ImagesFlags } from "./options";
import { safe } from "./print";

/** What a command works with. */
export interface Session {
  factory: Factory;
  flags: ImagesFlags;
  /** Aborted by Ctrl-C: no further call begins. */
  signal: AbortSignal;
  /** Somebody reads along, and can be asked. */
  isTerminal: boolean;
  /** The policies of the bucket; what is wrong with some is told. */
  policies(): Promise<ReadPolicies>;
  /** The same, or none where the bucket cannot be read, which is told. */
  policiesIfReadable(): Promise<ReadPolicies>;
}

/** Somebody waits: what does not answer for some seconds is told rather than tried on. */
const PATIENCE = { attempts: 4 };

/** Writes to standard error. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Writes to standard output. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Runs a command against the cloud; what goes wrong there is told in one line. */
export async function inSession(flags: ImagesFlags, work: (session: Session) => Promise<ExitCode>): Promise<ExitCode> {
  const interrupted = abortOnSignals(stopping);
  const agent = await loadAgent();
  try {
    const clients = agent.googleClients(agent.googleFrom(process.env));
    await agent.findCredentials(clients);
    const factory = agent.connect(
      {
        ...{ project: flags.project, bucket: flags.bucket ?? `${flags.project}-kiln`, consumers: flags.consumer ?? [] },
        ...(flags.assetScope === undefined ? {} : { assetScope: flags.assetScope }),
      },
      { clients, host: { ...agent.machine, log: () => undefined }, patience: PATIENCE },
    );
    const policies = () => agent.policiesIn(factory.bucket, flags.project);
    const session: Session = {
      ...{ factory, flags, signal: interrupted.signal },
      isTerminal: process.stdin.isTTY && process.stderr.isTTY,
      policies: async () => told(await policies()),
      policiesIfReadable: async () => {
        try {
          return told(await policies());
        } catch (error) {
          tell(`note: the policies cannot be read, and are left aside: ${safe(agent.failureOf(error).message)}`);
          return { policies: new Map(), stopped: new Set(), problems: [] };
        }
      },
    };
    return await work(session);
  } catch (error) {
    const { status, message } = agent.failureOf(error);
    tell(`error: ${safe(message)}${adviceFor(status, message, flags)}`);
    return ExitCode.Failed;
  } finally {
    interrupted.end();
  }
}

function told(read: ReadPolicies): ReadPolicies {
  for (const problem of read.problems) tell(`policy: ${safe(policyProblemText(problem))}`);
  return read;
}

function adviceFor(status: number | undefined, message: string, { project }: ImagesFlags): string {
  if (/default credentials|invalid_grant|reauth/i.test(message) || status === 401)
    return "\nsign in: gcloud auth application-default login";
  if (status === 403)
    return `\nask for a role with the permission on ${project}, such as roles/compute.storageAdmin for images and roles/storage.objectViewer for the bucket`;
  if (status === 404)
    return `\nlook whether the project ${project} and its bucket are the right ones: --project, --bucket`;
  return "";
}

/** The first Ctrl-C lets the call that is under way end; the second one ends at once. */
function stopping(isFirst: boolean): void {
  if (!isFirst) process.exit(ExitCode.Interrupted);
  tell("stopping after the call that is under way; once more ends at once");
}
