import { type Api, type Call } from "../../testing/compute/protocol/calls";
import { ApiError, forbidden, notFound } from "../../testing/compute/protocol/errors";
import { descriptorsOf, type Fields } from "../../testing/compute/protocol/messages";
import { routesOf } from "../../testing/compute/protocol/routes";
import { LoopbackServer, type ServerOptions } from "../../testing/compute/protocol/server";
import { expect } from "./chai";

/** Who gets what. */
export interface Binding {
  role: string;
  members: string[];
  condition?: { title?: string; expression?: string };
}

/** What the fake holds. */
interface World {
  /** By name, such as `projects/P/locations/L/repositories/R` or `folders/1`. */
  policies: Map<string, Binding[]>;
  /** Projects by id. */
  projects: Map<string, { number: string; parent?: string }>;
  /** What is above a folder. */
  folders: Map<string, string>;
  /** Further fields of repositories, by name. */
  repositories: Map<string, Fields>;
  /** What accounts may, that the caller may impersonate. */
  mayPull: Map<string, boolean>;
}

const SERVICES = [
  {
    client: "@google-cloud/artifact-registry",
    package: "google.devtools.artifactregistry.v1",
    methods: ["getRepository", "getIamPolicy", "testIamPermissions"].map((name) => `artifactRegistry.${name}`),
  },
  {
    client: "@google-cloud/resource-manager",
    package: "google.cloud.resourcemanager.v3",
    methods: ["projects.getProject", "projects.getIamPolicy", "folders.getFolder", "folders.getIamPolicy"].concat([
      "organizations.getIamPolicy",
    ]),
  },
  {
    client: "@google-cloud/iam-credentials",
    package: "google.iam.credentials.v1",
    methods: ["iAMCredentials.generateAccessToken"],
  },
] as const;

const PULL = "artifactregistry.repositories.downloadArtifacts";

/** What a call needs, where a test may deny it. */
const PERMISSIONS: Record<string, string> = {
  "artifactRegistry.getRepository": "artifactregistry.repositories.get",
  "artifactRegistry.getIamPolicy": "artifactregistry.repositories.getIamPolicy",
  "projects.getProject": "resourcemanager.projects.get",
  "projects.getIamPolicy": "resourcemanager.projects.getIamPolicy",
  "folders.getIamPolicy": "resourcemanager.folders.getIamPolicy",
  "organizations.getIamPolicy": "resourcemanager.organizations.getIamPolicy",
};

/** Artifact Registry, Resource Manager and IAM Credentials, as far as access is asked after. */
export class AccessFake extends LoopbackServer {
  readonly world: World = {
    policies: new Map(),
    projects: new Map(),
    folders: new Map(),
    repositories: new Map(),
    mayPull: new Map(),
  };

  constructor(options: ServerOptions) {
    const world: { current?: World } = {};
    const routes = SERVICES.flatMap((one) => routesOf(descriptorsOf(one.client), one.package, [...one.methods]));
    super(
      routes,
      apiOf(() => world.current!),
      options,
    );
    world.current = this.world;
  }

  /** Adds to the policy of a resource, which is there from then on. */
  bind(name: string, ...bindings: Binding[]): void {
    this.world.policies.set(name, [...(this.world.policies.get(name) ?? []), ...bindings]);
  }
}

/** A fresh fake for every test of a suite; each test fails where the fake found a violation. */
export function useAccess(options: ServerOptions = {}): () => AccessFake {
  let fake: AccessFake | undefined;
  beforeEach(async () => {
    fake = new AccessFake(options);
    await fake.listen();
  });
  afterEach(async () => {
    await fake?.close();
    expect(fake?.violations).to.deep.equal([]);
  });
  return () => fake!;
}

const nameIn = (request: Fields) => (request.name ?? request.resource) as string;
const placeIn = (request: Fields) => /^(projects|folders|organizations)\/[^/]+/.exec(nameIn(request))?.[0] ?? "";

function apiOf(world: () => World): Api {
  return {
    projectOf: (request) => placeIn(request).replace("projects/", ""),
    permissions: (method, request) => {
      const permission = PERMISSIONS[method];
      return permission ? [{ project: placeIn(request).replace("projects/", ""), permission }] : [];
    },
    serve: (call) => serve(call, world()),
  };
}

function serve({ method, request, authorization = "" }: Call, world: World): Fields {
  const name = nameIn(request);
  switch (method) {
    case "iAMCredentials.generateAccessToken":
      return token(name, world);
    case "artifactRegistry.testIamPermissions":
      return { permissions: world.mayPull.get(authorization.replace("Bearer token of ", "")) ? [PULL] : [] };
    case "projects.getProject": {
      const project = world.projects.get(name.slice("projects/".length));
      if (!project) throw forbidden("resourcemanager.projects.get", name);
      return { name: `projects/${project.number}`, parent: project.parent ?? "", projectId: name.slice(9) };
    }
    case "folders.getFolder":
      return { name, parent: world.folders.get(name) ?? "" };
    case "artifactRegistry.getRepository":
      if (!world.policies.has(name)) throw notFound(name);
      return { name, format: "DOCKER", ...world.repositories.get(name) };
    default:
      return policy(name, request, world);
  }
}

/** Google leaves conditions out unless version 3 is asked for. */
function policy(name: string, { options }: Fields, { policies }: World): Fields {
  const bindings = policies.get(name);
  if (!bindings) throw notFound(name);
  if ((options as { requestedPolicyVersion?: number } | undefined)?.requestedPolicyVersion !== 3)
    throw new ApiError(400, "invalid", "the caller would see no conditions");
  return { version: 3, bindings, etag: "BwXhqDNa9Vc=" };
}

function token(name: string, { mayPull }: World): Fields {
  const account = name.replace("projects/-/serviceAccounts/", "");
  if (!mayPull.has(account)) throw forbidden("iam.serviceAccounts.getAccessToken", account);
  return { accessToken: `token of ${account}`, expireTime: "2030-01-01T00:00:00Z" };
}
