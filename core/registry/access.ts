import { neverEverybody } from "../iam/members";
import { serviceAgentEmail } from "../iam/serviceAgents";
import type { Rule } from "../rules";

/** What pulls images on Google Cloud. */
export const Runtime = {
  /** Nodes of Google Kubernetes Engine that run as the project's default Compute Engine account. */
  Gke: "gke",
  /** Cloud Run, by its service agent: it pulls, not the account that the service runs as. */
  CloudRun: "cloudRun",
  /** Cloud Build with the account that was its default in projects of before May 2024. */
  CloudBuild: "cloudBuild",
} as const;
export type Runtime = (typeof Runtime)[keyof typeof Runtime];

/** Who may do what with a repository. */
export const RegistryRole = {
  /** Pulls. */
  Reader: "roles/artifactregistry.reader",
  /** Pulls and pushes. */
  Writer: "roles/artifactregistry.writer",
  /**
   * Pulls, pushes, moves and deletes tags and images. `roles/artifactregistry.admin` would let its holder delete the
   * repository and change its grants behind the program's back.
   */
  Administrator: "roles/artifactregistry.repoAdmin",
} as const;
export type RegistryRole = (typeof RegistryRole)[keyof typeof RegistryRole];

/** Reads the versions of one secret. */
export const SECRET_READER = "roles/secretmanager.secretAccessor";

/**
 * Account as which a runtime pulls images in a project.
 * https://cloud.google.com/artifact-registry/docs/integrate-gke
 * https://cloud.google.com/artifact-registry/docs/integrate-cloud-run
 * https://cloud.google.com/build/docs/cloud-build-service-account
 */
export function runtimeMember(runtime: Runtime, projectNumber: string): string {
  switch (runtime) {
    case Runtime.Gke:
      return `serviceAccount:${projectNumber}-compute@developer.gserviceaccount.com`;
    case Runtime.CloudRun:
      return `serviceAccount:${serviceAgentEmail("run.googleapis.com", projectNumber)}`;
    case Runtime.CloudBuild:
      return `serviceAccount:${projectNumber}@cloudbuild.gserviceaccount.com`;
  }
}

/** A rule for those who push or delete, who are never everybody. */
export const trustedMember: Rule<string> = neverEverybody("only readers may be public");

/** A grant as the inputs say it, and where they say it. */
export interface StatedGrant {
  /** Path of the input. */
  path: string;
  /** Role that is granted. */
  role: string;
  /** Member, where it is known already. */
  member: string | undefined;
}

/**
 * Those that state again what one before them states. Google Cloud holds such a grant once, so that removing one of the
 * two takes the role from both.
 */
export function repeatedGrants(stated: readonly StatedGrant[]): { path: string; first: StatedGrant }[] {
  const first = new Map<string, StatedGrant>();
  const repeated: { path: string; first: StatedGrant }[] = [];
  for (const grant of stated) {
    if (grant.member === undefined) continue;
    const key = `${grant.role} ${grant.member}`;
    const before = first.get(key);
    if (before) repeated.push({ path: grant.path, first: before });
    else first.set(key, grant);
  }
  return repeated;
}
