import type { protos } from "@google-cloud/compute";
import { images } from "./methods/images";
import { disks } from "./methods/disks";
import { instances } from "./methods/instances";
import type { Methods, Request, World } from "./methods/method";
import { messageOf, PACKAGE, reading } from "./methods/reading";
import type { Api } from "./protocol/calls";
import { descriptorsOf, type Fields } from "./protocol/messages";
import { routesOf } from "./protocol/routes";
import { LoopbackServer, type ServerOptions } from "./protocol/server";
import { compact, problemsOf } from "./protocol/shape";
import { type Kind, KINDS } from "./state/kinds";
import { linkTo } from "./state/links";
import { Operations, type OperationOptions } from "./state/operations";
import { Pages, type PageOptions } from "./state/pages";
import { fingerprintOf, type Resource, Store } from "./state/store";

export interface ComputeOptions extends ServerOptions, OperationOptions, PageOptions {
  /** The service's time: what is created now, and whether operations are over. @default - the machine's clock */
  clock?: () => Date;
}

/** Where a seeded resource stands; the rest of a seed are the resource's own fields. */
interface Place {
  project: string;
  name: string;
}
interface Zonal extends Place {
  /** @default europe-west1-b */
  zone?: string;
}
interface MaybeRegional extends Place {
  /** @default - a global or zonal one */
  region?: string;
}

type Seed<Message, At extends Place> = At & Omit<Partial<Message>, keyof At>;

const METHODS: Methods = { ...reading, ...images, ...disks, ...instances };

/** A loopback fake of the Compute Engine API, to be talked to by the real `@google-cloud/compute`. */
export class ComputeFake extends LoopbackServer {
  readonly #world: World;

  /** @internal Use {@link startCompute}. */
  constructor(options: ComputeOptions) {
    const store = new Store(options.clock ?? (() => new Date()));
    const operations = new Operations(store, options);
    const world = { store, operations, pages: new Pages(options), unreachable: new Map<string, Set<string>>() };
    super(routesOf(descriptorsOf("@google-cloud/compute"), PACKAGE, Object.keys(METHODS)), apiOf(world), options);
    this.#world = world;
  }

  addImage(seed: Seed<protos.google.cloud.compute.v1.IImage, Place>): Resource {
    const { project, ...fields } = seed;
    const labels = fields.labels ?? {};
    const defaults = { diskSizeGb: "10", sourceType: "RAW", labels, labelFingerprint: fingerprintOf(labels) };
    return this.#add("images", `projects/${project}/global`, { ...defaults, ...fields });
  }

  /** @param seed where it names a `sourceImage` that exists, the image's id is filled in. */
  addDisk(seed: Seed<protos.google.cloud.compute.v1.IDisk, Zonal>): Resource {
    const { project, zone = "europe-west1-b", ...fields } = seed;
    const scope = `projects/${project}/zones/${zone}`;
    return this.#add("disks", scope, { sizeGb: "10", zone: linkTo(scope), ...fields });
  }

  addInstance(seed: Seed<protos.google.cloud.compute.v1.IInstance, Zonal>): Resource {
    const { project, zone = "europe-west1-b", ...fields } = seed;
    const scope = `projects/${project}/zones/${zone}`;
    return this.#add("instances", scope, {
      zone: linkTo(scope),
      machineType: `${scope}/machineTypes/e2-small`,
      ...fields,
    });
  }

  addTemplate(seed: Seed<protos.google.cloud.compute.v1.IInstanceTemplate, MaybeRegional>): Resource {
    const { project, region, ...fields } = seed;
    const scope = `projects/${project}/${region ? `regions/${region}` : "global"}`;
    return this.#add("instanceTemplates", scope, { ...(region ? { region: linkTo(scope) } : {}), ...fields });
  }

  addGroup(seed: Seed<protos.google.cloud.compute.v1.IInstanceGroupManager, Zonal & MaybeRegional>): Resource {
    const { project, region, zone = "europe-west1-b", ...fields } = seed;
    const scope = `projects/${project}/${region ? `regions/${region}` : `zones/${zone}`}`;
    return this.#add("instanceGroupManagers", scope, { [region ? "region" : "zone"]: linkTo(scope), ...fields });
  }

  addMachineImage(seed: Seed<protos.google.cloud.compute.v1.IMachineImage, Place>): Resource {
    const { project, ...fields } = seed;
    return this.#add("machineImages", `projects/${project}/global`, fields);
  }

  /** The images of a project as they are now; changing one changes the fake. */
  images(project: string): Resource[] {
    return this.#world.store.list(`projects/${project}/global/images`);
  }

  /** All that a project holds now, but its operations. */
  resources(project: string): { collection: Kind; resource: Resource }[] {
    return (Object.keys(KINDS) as Kind[]).flatMap((collection) =>
      [...this.#world.store.scopes(project, collection).values()].flat().map((resource) => ({ collection, resource })),
    );
  }

  /** Any resource by its path, such as `projects/p/zones/z/disks/d`. */
  find(path: string): Resource | undefined {
    return this.#world.store.find(path);
  }

  /** Takes a resource away behind the client's back. */
  remove(path: string): void {
    this.#world.store.remove(path);
  }

  /** Refuses all page tokens given so far. */
  expirePageTokens(): void {
    this.#world.pages.expire();
  }

  /** Ends all operations that run, as waiting would. */
  finishOperations(): void {
    this.#world.operations.finish();
  }

  /** From now on aggregated lists of the project cannot reach the scope, such as `zones/europe-west1-b`. */
  makeUnreachable(project: string, scope: string): void {
    const scopes = this.#world.unreachable.get(project) ?? new Set();
    this.#world.unreachable.set(project, scopes.add(scope));
  }

  #add(collection: Kind, scope: string, seed: Fields & { name: string }): Resource {
    const { kind, status } = KINDS[collection];
    const fields = compact({ status, ...seed }) as Fields & { name: string };
    const problems = problemsOf(messageOf({ collection }), fields, "", this.newEnumValues);
    if (problems.length > 0) throw new TypeError(`${collection} ${seed.name}: ${problems.join("; ")}`);
    return this.#world.store.add(`${scope}/${collection}`, kind, fields);
  }
}

/** Starts the fake on a free port of 127.0.0.1. Close it, and assert that its `violations` are empty. */
export async function startCompute(options: ComputeOptions = {}): Promise<ComputeFake> {
  const fake = new ComputeFake(options);
  await fake.listen();
  return fake;
}

function apiOf(world: World): Api {
  return {
    projectOf: ({ project }) => String(project),
    permissions: (method, request) => METHODS[method].needs(request as Request, world),
    serve: ({ method, project, request }, error) => {
      world.operations.catchUp();
      const { requestId, ...rest } = request as Request;
      const asked = `${method} ${JSON.stringify(rest)}`;
      const repeated = world.operations.repeated(project, requestId, asked);
      if (repeated) return repeated;
      return METHODS[method].serve(request as Request, world, (work) =>
        world.operations.start({ ...work, requestId }, asked, error),
      );
    },
  };
}
