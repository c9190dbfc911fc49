import { type KnownAccess, type StatedGrant } from "../../core/access/verdict";
import { grantsIn, textOf } from "./policy";
import { once, reading } from "./reading";
import { type Rest, Service } from "./rest";

/** Projects and what is above them. https://cloud.google.com/resource-manager/docs/cloud-platform-resource-hierarchy */
export interface Projects {
  /** Number of a project; nothing where it cannot be read. */
  numberOf: (project: string) => Promise<string | undefined>;
  /** What is granted on a project, its folders and its organization. */
  accessTo: (project: string) => Promise<KnownAccess>;
}

/** An organization, ten levels of folders and a project. https://cloud.google.com/resource-manager/quotas */
const MOST_LEVELS = 12;

/** Only this version of a policy shows conditions. */
const POLICY_VERSION = 3;

/** Reads projects with the calls that it is given, each answer once. */
export function projectsBy(rest: Rest): Projects {
  const resource = once((name) =>
    reading({ what: name, permission: `resourcemanager.${kindOf(name)}.get` }, () =>
      rest({ service: Service.ResourceManager, path: `/v3/${name}` }),
    ),
  );
  const policy = once((name) =>
    reading({ what: `the policy of ${name}`, permission: `resourcemanager.${kindOf(name)}.getIamPolicy` }, () =>
      rest({
        service: Service.ResourceManager,
        path: `/v3/${name}:getIamPolicy`,
        body: { options: { requestedPolicyVersion: POLICY_VERSION } },
      }),
    ),
  );
  const accessTo = once(async (project) => {
    const [grants, gaps]: [StatedGrant[], string[]] = [[], []];
    let name: string | undefined = `projects/${project}`;
    for (let level = 0; name !== undefined && level < MOST_LEVELS; level++) {
      const read = await policy(name);
      grants.push(...grantsIn(read.answer ?? {}, { on: name }));
      if (read.gap !== undefined) gaps.push(read.gap);
      name = await aboveOf(name, gaps);
    }
    return { grants, gaps };
  });
  /** Nothing is above an organization. */
  async function aboveOf(name: string, gaps: string[]): Promise<string | undefined> {
    if (name.startsWith("organizations/")) return undefined;
    const { answer, gap } = await resource(name);
    if (gap !== undefined) gaps.push(`what ${name} lies in is not known, since ${gap}`);
    return /^(folders|organizations)\/\d+$/.exec(textOf(answer?.parent))?.[0];
  }
  const numberOf = async (project: string) => {
    const { answer } = await resource(`projects/${project}`);
    return /^projects\/(\d+)$/.exec(textOf(answer?.name))?.[1];
  };
  return { numberOf, accessTo };
}

function kindOf(name: string): string {
  return name.slice(0, name.indexOf("/"));
}
