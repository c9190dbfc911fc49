import { type Host } from "../host";
import { PATIENCE, type Patience, retrying } from "../retry";
import { type Projects, projectsBy } from "./projects";
import { type Repositories, repositoriesBy } from "./repositories";
import { restClient } from "./rest";

/** What Google's services say of who may pull what. Nothing here rejects: what cannot be read is a gap. */
export interface LiveAccess {
  /** @throws Error where this machine has no credentials. */
  signIn: () => Promise<void>;
  /** @see Projects.numberOf */
  projectNumber: Projects["numberOf"];
  /** What is granted on a repository, its project and what is above that. */
  accessTo: Repositories["accessTo"];
  /** @see Repositories.upstreamsOf */
  upstreamsOf: Repositories["upstreamsOf"];
  /** @see Repositories.mayPull */
  mayPull: Repositories["mayPull"];
}

/** How the services are reached. */
export interface LiveOptions {
  environment: Record<string, string | undefined>;
  host: Host;
  /** How often and how long calls are tried again. */
  patience?: Partial<Patience>;
}

/** Connects to the services; nothing is called yet. */
export function liveAccess({ environment, host, patience }: LiveOptions): LiveAccess {
  const { rest, signIn } = restClient(environment, retrying(host, { ...PATIENCE, ...patience }));
  const [projects, repositories] = [projectsBy(rest), repositoriesBy(rest)];
  return {
    signIn,
    projectNumber: projects.numberOf,
    upstreamsOf: repositories.upstreamsOf,
    mayPull: repositories.mayPull,
    accessTo: async (repository) => {
      const found = [await repositories.accessTo(repository), await projects.accessTo(repository.project)];
      return { grants: found.flatMap(({ grants }) => grants), gaps: found.flatMap(({ gaps }) => gaps) };
    },
  };
}
