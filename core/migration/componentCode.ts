import { readReference } from "../reference/reference";
import { RemoteUpstream } from "../registry/upstreams";
import { type MigrationPlanDocument, MigrationMode } from "./migrationPlan";
import { upstreamOf } from "./modes";
import { readRegistryName } from "./names";

/** The ContainerRegistry that declares the repositories of a plan, as TypeScript. */
export function componentCode(plan: MigrationPlanDocument): string {
  const { location, project } = plan.spec.destination;
  const repositories = repositoriesOf(plan);
  const isRemote = repositories.some(({ upstream }) => upstream?.startsWith("RemoteUpstream."));
  return [
    `import { ContainerRegistry${isRemote ? ", RemoteUpstream" : ""} } from "pulumi-kiln";`,
    "",
    'export const registry = new ContainerRegistry("registry", {',
    `  project: ${JSON.stringify(project)},`,
    `  location: ${JSON.stringify(location)},`,
    "  repositories: {",
    ...repositories.map(
      ({ id, upstream }) =>
        `    ${JSON.stringify(id)}: {${upstream === undefined ? "" : ` remote: { upstream: ${upstream} } `}},`,
    ),
    "  },",
    "});",
    "",
  ].join("\n");
}

/** Repositories that images go to; those of other projects and locations are declared there. */
function repositoriesOf({ spec: { destination, images } }: MigrationPlanDocument): { id: string; upstream?: string }[] {
  const found = new Map<string, string | undefined>();
  for (const { source, destination: place, mode } of images) {
    const { name } = readRegistryName(place);
    if (name?.location !== destination.location || name.project !== destination.project) continue;
    const domain = readReference(source).reference?.domain ?? "";
    found.set(name.repositoryId, mode === MigrationMode.Remote ? upstreamCode(domain) : undefined);
  }
  return [...found].sort().map(([id, upstream]) => ({ id, ...(upstream === undefined ? {} : { upstream }) }));
}

function upstreamCode(domain: string): string {
  const known = upstreamOf(domain);
  const [name] = Object.entries(RemoteUpstream).find(([, upstream]) => upstream === known) ?? [];
  return name === undefined ? JSON.stringify(`https://${domain}`) : `RemoteUpstream.${name}`;
}
