import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  type AnalyzeDiagnostic,
  AnalyzeRequest,
  type AnalyzeResponse,
  type AnalyzerInfo,
  AnalyzerPropertyDependencies,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "../../preview/monitor/protobuf";
import { SIGNATURE, Special, toStruct, UNKNOWN_TEXT, type Wire, type WireObject } from "../../preview/monitor/wire";
import { type CaseResource, type Rule, type RuleConfig } from "../../policy/rule";
import { UNKNOWN, type Value } from "../../policy/value";
import { defaultsOf, markedAs, urnOf, urnsOf } from "./judge";

/** The pack as it is installed, built by `npm run build`. */
export const PACK = join(__dirname, "../../policy/pack");

export type Diagnostic = AnalyzeDiagnostic.AsObject;

/** Settings of one policy. */
export interface PolicySettings {
  level?: EnforcementLevel;
  properties?: RuleConfig;
}

/** A pack in Pulumi's own runner, asked as the engine asks. */
export class Analyzer {
  readonly #client: AnalyzerClient;
  readonly #process: ChildProcess;

  constructor(client: AnalyzerClient, process: ChildProcess) {
    this.#client = client;
    this.#process = process;
  }

  /** Starts a pack; the runner needs no engine, whose address is therefore nobody's. */
  static async start(pack: string, env: NodeJS.ProcessEnv = {}): Promise<Analyzer> {
    const runner = createRequire(join(pack, "index.js")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const process_ = spawn(process.execPath, [runner, "127.0.0.1:1", "."], {
      cwd: pack,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = createInterface({ input: process_.stdout });
    const [port] = (await Promise.race([once(lines, "line"), once(process_, "exit")])) as [string | number];
    if (typeof port !== "string") throw new Error(`the pack ended with exit code ${port}`);
    return new Analyzer(new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure()), process_);
  }

  stop(): void {
    this.#client.close();
    this.#process.kill();
  }

  info(): Promise<AnalyzerInfo.AsObject> {
    return new Promise((resolve, reject) =>
      this.#client.getAnalyzerInfo(new Empty(), (error, info) => (error ? reject(error) : resolve(info.toObject()))),
    );
  }

  /** Sets policies; those left out keep their own level and get no properties. */
  configure(settings: Record<string, PolicySettings>): Promise<void> {
    const request = new ConfigureAnalyzerRequest();
    for (const [name, { level, properties = {} }] of Object.entries(settings)) {
      const config = new PolicyConfig();
      if (level !== undefined) config.setEnforcementlevel(level);
      config.setProperties(toStruct(properties as WireObject));
      request.getPolicyconfigMap().set(name, config);
    }
    return new Promise((resolve, reject) =>
      this.#client.configure(request, (error) => (error ? reject(error) : resolve())),
    );
  }

  analyze({ type, name = "it", inputs, protect = false, parent = "" }: CaseResource): Promise<Diagnostic[]> {
    const request = new AnalyzeRequest();
    request.setType(type);
    request.setName(name);
    request.setUrn(urnOf(type, name));
    request.setProperties(toStruct(wired(inputs) as WireObject));
    request.setOptions(optionsOf(protect, parent));
    return this.#ask((done) => this.#client.analyze(request, done));
  }

  analyzeStack(resources: readonly CaseResource[]): Promise<Diagnostic[]> {
    const request = new AnalyzeStackRequest();
    request.setResourcesList(
      resources.map((one) => {
        const { type, name = "it", inputs, protect = false, parent = "" } = one;
        const resource = new AnalyzerResource();
        resource.setType(type);
        resource.setName(name);
        resource.setUrn(urnOf(type, name));
        resource.setProperties(toStruct(wired(inputs) as WireObject));
        resource.setOptions(optionsOf(protect, parent));
        for (const [input, urns] of Object.entries(urnsOf(one)))
          resource.getPropertydependenciesMap().set(input, new AnalyzerPropertyDependencies().setUrnsList(urns));
        return resource;
      }),
    );
    return this.#ask((done) => this.#client.analyzeStack(request, done));
  }

  #ask(call: (done: (error: Error | null, response: AnalyzeResponse) => void) => void): Promise<Diagnostic[]> {
    return new Promise((resolve, reject) =>
      call((error, response) => (error ? reject(error) : resolve(response.toObject().diagnosticsList))),
    );
  }
}

/** What the engine configures for a rule: its defaults, a case's values, and a level that is not `disabled`. */
export function settingsOf(rule: Rule, config: RuleConfig = {}): Record<string, PolicySettings> {
  return { [rule.id]: { level: LEVELS[rule.level], properties: { ...defaultsOf(rule), exceptions: [], ...config } } };
}

/** Level at which a rule is tested. */
export const LEVELS = {
  mandatory: EnforcementLevel.MANDATORY,
  advisory: EnforcementLevel.ADVISORY,
  disabled: EnforcementLevel.MANDATORY,
};

function optionsOf(protect: boolean, parent: string): AnalyzerResourceOptions {
  const options = new AnalyzerResourceOptions();
  options.setProtect(protect);
  options.setParent(parent);
  return options;
}

/** A value of a case as the engine sends it. */
function wired(value: Value): Wire {
  const secret = markedAs(value, "$secret");
  if (secret !== undefined) return { [SIGNATURE]: Special.Secret, value: wired(secret) };
  const asset = markedAs(value, "$asset");
  if (asset !== undefined) return { [SIGNATURE]: Special.Asset, ...(wired(asset) as WireObject) };
  if (value === UNKNOWN) return UNKNOWN_TEXT;
  if (value === undefined) return null;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(wired);
  const given = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(given.map(([name, part]) => [name, wired(part)]));
}
