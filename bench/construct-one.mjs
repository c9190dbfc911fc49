// One measurement in a process of its own: construct-one.mjs kiln|bare CHILDREN
import * as pulumi from "@pulumi/pulumi";
import * as registry from "@pulumi/gcp/artifactregistry/index.js";
import * as iam from "@pulumi/gcp/projects/index.js";
import * as storage from "@pulumi/gcp/storage/index.js";
import { median } from "./measure.mjs";
import { ContainerRegistry, ImageFamily, ImageSharing } from "pulumi-kiln";

const [how, children] = [process.argv[2], Number(process.argv[3])];
const READERS = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`team-${i}`, `group:team-${i}@acme.example`]));
const CONSUMERS = Object.fromEntries(
  Array.from({ length: 8 }, (_, i) => [`app-${i}`, { project: `acme-app-${i}`, projectNumber: `23456789012${i}` }]),
);
const WARM_UP = 300;
/** The time of a process is the middle one of these, since the collector stops it where it likes. */
const ROUNDS = children > 1_000 ? 1 : 3;
const LOCATION = "europe-west1";
const PROJECT = "acme-images";
const BUCKET = "acme-images-kiln";

/** A registry, its readers, a family and a sharing, as an app team would write them with Kiln. */
function throughKiln(i) {
  const registry = new ContainerRegistry(`registry-${i}`, {
    project: PROJECT,
    location: LOCATION,
    repositories: { [`apps-${i}`]: { cleanup: { keepNewest: 10, deleteUntaggedAfter: "7d" } } },
    readers: READERS,
  });
  const family = new ImageFamily(`family-${i}`, {
    project: PROJECT,
    bucket: BUCKET,
    lifecycle: { deleteAfter: "90d" },
  });
  const sharing = new ImageSharing(`sharing-${i}`, {
    project: PROJECT,
    imageUsers: { developers: "group:developers@acme.example" },
    consumers: CONSUMERS,
  });
  return [registry, family, sharing];
}

class Bare extends pulumi.ComponentResource {
  constructor(type, name, declare) {
    super(type, name);
    declare({ parent: this });
    this.registerOutputs({});
  }
}

/** The same children, by hand. */
function byHand(i) {
  return [
    new Bare("kiln:index:ContainerRegistry", `registry-${i}`, (opts) => handRegistry(i, opts)),
    new Bare("kiln:index:ImageFamily", `family-${i}`, (opts) => handFamily(i, opts)),
    new Bare("kiln:index:ImageSharing", `sharing-${i}`, (opts) => handSharing(i, opts)),
  ];
}

function handRegistry(i, opts) {
  const repository = new registry.Repository(
    `registry-${i}-apps-${i}`,
    {
      project: PROJECT,
      location: LOCATION,
      repositoryId: `apps-${i}`,
      format: "DOCKER",
      mode: "STANDARD_REPOSITORY",
      cleanupPolicies: [
        { id: "delete-untagged", action: "DELETE", condition: { tagState: "UNTAGGED", olderThan: "604800s" } },
        { id: "keep-newest", action: "KEEP", mostRecentVersions: { keepCount: 10 } },
      ],
      vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
    },
    { ...opts, protect: true },
  );
  for (const [key, member] of Object.entries(READERS))
    new registry.RepositoryIamMember(
      `registry-${i}-apps-${i}/reader-${key}`,
      {
        project: PROJECT,
        location: LOCATION,
        repository: repository.name,
        role: "roles/artifactregistry.reader",
        member,
      },
      opts,
    );
}

function handFamily(i, opts) {
  const spec = { deprecateAfter: "0s", obsoleteAfter: "90d", deleteAfter: "90d", retainAtLeast: 3, protectInUse: true };
  const document = {
    apiVersion: "kiln/v1",
    kind: "FamilyPolicy",
    metadata: { family: `family-${i}`, project: PROJECT },
    spec,
  };
  new storage.BucketObject(
    `family-${i}-policy`,
    {
      bucket: BUCKET,
      name: `families/family-${i}.json`,
      source: new pulumi.asset.StringAsset(JSON.stringify(document)),
      contentType: "application/json",
    },
    opts,
  );
}

function handSharing(i, opts) {
  const grant = (name, project, role, member) => new iam.IAMMember(name, { project, role, member }, opts);
  const developers = "group:developers@acme.example";
  grant(`sharing-${i}-image-user-developers`, PROJECT, "roles/compute.imageUser", developers);
  for (const [key, { project, projectNumber }] of Object.entries(CONSUMERS)) {
    grant(`sharing-${i}-${key}-instance-admin`, project, "roles/compute.instanceAdmin.v1", developers);
    const agent = `serviceAccount:${projectNumber}@cloudservices.gserviceaccount.com`;
    grant(`sharing-${i}-${key}-cloudservices`, PROJECT, "roles/compute.imageUser", agent);
  }
}

let resources = 0;
let custom = 0;
await pulumi.runtime.setMocks({
  newResource: ({ name, inputs, ...rest }) => {
    resources++;
    if (rest.custom) custom++;
    return { id: `${name}-id`, state: { name, ...inputs } };
  },
  call: ({ inputs }) => inputs,
});

const components = [];
const declare = how === "kiln" ? throughKiln : byHand;
let next = 0;

/** Declares until there are so many children more. */
async function grow(count) {
  for (const wanted = custom + count; custom < wanted; next++) {
    components.push(declare(next));
    await pulumi.runtime.disconnect();
  }
}

// What the process compiles and caches once is not what a child costs.
await grow(WARM_UP);

/** Processor time and kept memory of so many children more. */
async function measured(count) {
  globalThis.gc();
  const before = { heap: process.memoryUsage().heapUsed, cpu: process.cpuUsage(), resources };
  await grow(count);
  const { user, system } = process.cpuUsage(before.cpu);
  // The mock keeps whatever it was sent; an engine does that in a process of its own.
  pulumi.runtime.getMonitor().resources.clear();
  globalThis.gc();
  const bytes = process.memoryUsage().heapUsed - before.heap;
  return { resources: resources - before.resources, ms: (user + system) / 1000, bytes };
}

const times = [];
for (let i = 0; i < ROUNDS; i++) times.push(await measured(children));
const [first] = times;
console.log(JSON.stringify({ ...first, ms: median(times.map(({ ms }) => ms)) }));
