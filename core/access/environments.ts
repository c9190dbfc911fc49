import { serviceAgentEmail } from "../iam/serviceAgents";

/** What pulls images on Google Cloud and is asked after. */
export const EnvironmentKind = {
  /** Nodes of Google Kubernetes Engine, of Autopilot too. */
  Gke: "gke",
  /** Services, jobs and worker pools of Cloud Run, and functions. */
  CloudRun: "run",
  /** Builds of Cloud Build, those of Cloud Run and of functions too. */
  CloudBuild: "build",
  /** Virtual machines that run containers. */
  ComputeEngine: "compute",
  /** Services of App Engine's flexible environment. */
  AppEngineFlexible: "appengine",
} as const;
export type EnvironmentKind = (typeof EnvironmentKind)[keyof typeof EnvironmentKind];

/** Where images run, in one project. */
export interface Environment {
  kind: EnvironmentKind;
  /** Id of the project. */
  project: string;
  /** Number of the project, which the names of Google's own accounts hold. */
  projectNumber?: string;
  /** E-mail of the account that it runs as, where that is not the default one. */
  serviceAccount?: string;
}

/** How people name an environment, as a table shows it. */
export const ENVIRONMENT_NAMES: Readonly<Record<EnvironmentKind, string>> = {
  [EnvironmentKind.Gke]: "GKE",
  [EnvironmentKind.CloudRun]: "Cloud Run",
  [EnvironmentKind.CloudBuild]: "Cloud Build",
  [EnvironmentKind.ComputeEngine]: "Compute Engine",
  [EnvironmentKind.AppEngineFlexible]: "App Engine flexible",
};

/** What is known of who pulls in an environment. */
interface Knowledge {
  /** Page of Google's that says so. */
  link: string;
  /** Whether it can run as an account of one's own, which then pulls. */
  ownAccount: boolean;
  /** The account that pulls where no other is named; nothing where it cannot be told. */
  defaultAccount(environment: Environment): string | undefined;
  /** What IAM does not show and yet keeps images from being pulled, or what a permission more is needed for. */
  hints: readonly string[];
}

/** Access scopes are a limit of instances beside IAM. */
const SCOPES =
  "the instances' access scopes must let it through: cloud-platform, or at least devstorage.read_only, which is the default";

const KNOWLEDGE: Readonly<Record<EnvironmentKind, Knowledge>> = {
  [EnvironmentKind.Gke]: {
    link: "https://cloud.google.com/kubernetes-engine/docs/how-to/service-accounts",
    ownAccount: true,
    defaultAccount: computeAccount,
    hints: [
      "nodes pull, not pods: Workload Identity changes nothing about it, and each node pool may have an account of its own",
      `nodes outside Autopilot: ${SCOPES}`,
      "roles/container.defaultNodeServiceAccount, the least that nodes need, does not let them pull",
    ],
  },
  [EnvironmentKind.CloudRun]: {
    link: "https://cloud.google.com/run/docs/deploying#other-projects",
    ownAccount: false,
    defaultAccount: ({ projectNumber }) => projectNumber && serviceAgentEmail("run.googleapis.com", projectNumber),
    hints: ["whoever deploys needs the same role on the repository as well"],
  },
  [EnvironmentKind.CloudBuild]: {
    link: "https://cloud.google.com/build/docs/cloud-build-service-account",
    ownAccount: true,
    defaultAccount: computeAccount,
    hints: [
      "projects that built before May 2024 may still build as PROJECT_NUMBER@cloudbuild.gserviceaccount.com: name the account that builds run as",
    ],
  },
  [EnvironmentKind.ComputeEngine]: {
    link: "https://cloud.google.com/artifact-registry/docs/integrate-compute",
    ownAccount: true,
    defaultAccount: computeAccount,
    hints: [SCOPES],
  },
  [EnvironmentKind.AppEngineFlexible]: {
    link: "https://cloud.google.com/appengine/docs/flexible/service-account",
    ownAccount: true,
    // Projects of a domain have another form, of which Google's pages say nothing.
    defaultAccount: ({ project }) => (project.includes(":") ? undefined : `${project}@appspot.gserviceaccount.com`),
    hints: [],
  },
};

/** Page of Google's on who pulls in an environment. */
export function environmentLink(kind: EnvironmentKind): string {
  return KNOWLEDGE[kind].link;
}

/** What to look at besides grants, as sentences. */
export function environmentHints(kind: EnvironmentKind): readonly string[] {
  return KNOWLEDGE[kind].hints;
}

/** Whether an environment can pull as an account of one's own choice. */
export function hasOwnAccount(kind: EnvironmentKind): boolean {
  return KNOWLEDGE[kind].ownAccount;
}

/** Whether the number of its project has to be known to name the account that pulls. */
export function needsProjectNumber(environment: Environment): boolean {
  return pullerOf(environment) === undefined && environment.kind !== EnvironmentKind.AppEngineFlexible;
}

/**
 * What Google grants the account by itself and no program shows, as a sentence. That does not hold for the Editor role of
 * default accounts, which organizations made since May 2024 do not give.
 */
export function grantedByItself({ kind, project }: Environment, repositoryProject: string): string | undefined {
  return kind === EnvironmentKind.CloudRun && project === repositoryProject
    ? `Google grants the service agent roles/run.serviceAgent on its own project, ${project}, which no program shows: look with --live`
    : undefined;
}

/** E-mail of the account that pulls in an environment; nothing where what is known of it does not tell. */
export function pullerOf(environment: Environment): string | undefined {
  return environment.serviceAccount ?? KNOWLEDGE[environment.kind].defaultAccount(environment);
}

/** https://cloud.google.com/compute/docs/access/service-accounts#default_service_account */
function computeAccount({ projectNumber }: Environment): string | undefined {
  return projectNumber && `${projectNumber}-compute@developer.gserviceaccount.com`;
}
