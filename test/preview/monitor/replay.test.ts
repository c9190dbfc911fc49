import { Client, credentials } from "@grpc/grpc-js";
import { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  RegisterResourceRequest,
  type RegisterResourceResponse,
  SupportsFeatureRequest,
  type SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NO_ANSWERS } from "../../../preview/answers";
import { type Monitor, startMonitor } from "../../../preview/monitor/server";
import { fromStruct, toStruct, type WireObject } from "../../../preview/monitor/wire";
import { FIXTURES } from "../support";

interface Recorded<Request, Response> {
  method: string;
  progress: string;
  request: Request;
  response: Response;
}

interface RecordedResource {
  type: string;
  name: string;
  parent?: string;
  custom?: boolean;
  object?: WireObject;
  protect?: boolean;
  retainOnDelete?: boolean;
  version?: string;
  dependencies?: string[];
  additionalSecretOutputs?: string[];
  aliases?: { spec: { name: string; parentUrn: string } }[];
}

describe("the recorded messages, sent once more", () => {
  let monitor: Monitor;
  let client: Client;
  before(async () => {
    const target = { project: "sample", stack: "dev" };
    monitor = await startMonitor({ ...target, directory: FIXTURES, answers: NO_ANSWERS, onTooMuch: () => undefined });
    client = new Client(monitor.address, credentials.createInsecure());
  });
  after(() => {
    client.close();
    monitor.close();
  });

  for (const { request, response } of recorded<RecordedResource, { urn: string; object?: WireObject }>(
    "RegisterResource",
  )) {
    it(`answers the registration of ${request.name} as the engine did`, async () => {
      const answer = await register(client, toRequest(request));
      expect({ urn: answer.getUrn(), id: answer.getId(), object: fromStruct(answer.getObject()) }).to.deep.equal({
        urn: response.urn,
        id: "",
        object: response.object,
      });
    });
  }

  for (const { request, response } of recorded<{ id: string }, { hasSupport: boolean }>("SupportsFeature")) {
    it(`answers whether it supports ${request.id} as the engine did`, async () => {
      expect(await supports(client, request.id)).to.equal(response.hasSupport);
    });
  }

  it("takes no more than it may, and says so once", async () => {
    const told: number[] = [];
    const options = { project: "sample", stack: "dev", directory: FIXTURES, answers: NO_ANSWERS, maxBytes: 20 };
    const small = await startMonitor({ ...options, onTooMuch: (limit) => told.push(limit) });
    const caller = new Client(small.address, credentials.createInsecure());
    const asked = ["secrets", "transforms", "aliasSpecs"].map((id) => supports(caller, id).catch(() => "refused"));
    expect([await Promise.all(asked), told]).to.deep.equal([[true, "refused", "refused"], [20]]);
    caller.close();
    small.close();
  });

  it("supports nothing that it has never heard of", async () => {
    expect(await supports(client, "timeTravel")).to.equal(false);
  });
});

function recorded<Request, Response>(method: string): Recorded<Request, Response>[] {
  return readFileSync(join(FIXTURES, "recorded/grpc-preview.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Recorded<Request, Response>)
    .filter(
      (message) => message.method.endsWith(`ResourceMonitor/${method}`) && message.progress === "response_completed",
    );
}

function toRequest(from: RecordedResource): RegisterResourceRequest {
  const request = new RegisterResourceRequest();
  request.setType(from.type);
  request.setName(from.name);
  request.setParent(from.parent ?? "");
  request.setCustom(from.custom ?? false);
  request.setObject(toStruct(from.object ?? {}));
  request.setVersion(from.version ?? "");
  request.setDependenciesList(from.dependencies ?? []);
  request.setAdditionalsecretoutputsList(from.additionalSecretOutputs ?? []);
  request.setAliasesList((from.aliases ?? []).map(({ spec }) => toAlias(spec)));
  if (from.protect !== undefined) request.setProtect(from.protect);
  if (from.retainOnDelete !== undefined) request.setRetainondelete(from.retainOnDelete);
  return request;
}

function toAlias({ name, parentUrn }: { name: string; parentUrn: string }): Alias {
  const spec = new Alias.Spec();
  spec.setName(name);
  spec.setParenturn(parentUrn);
  const alias = new Alias();
  alias.setSpec(spec);
  return alias;
}

function register(client: Client, request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
  const { path, requestSerialize, responseDeserialize } = ResourceMonitorService.registerResource;
  return new Promise((resolve, reject) =>
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, answer) =>
      answer ? resolve(answer) : reject(error ?? new Error("no answer")),
    ),
  );
}

async function supports(client: Client, id: string): Promise<boolean> {
  const { path, requestSerialize, responseDeserialize } = ResourceMonitorService.supportsFeature;
  const request = new SupportsFeatureRequest();
  request.setId(id);
  const response = await new Promise<SupportsFeatureResponse>((resolve, reject) =>
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, answer) =>
      answer ? resolve(answer) : reject(error ?? new Error("no answer")),
    ),
  );
  return response.getHassupport();
}
