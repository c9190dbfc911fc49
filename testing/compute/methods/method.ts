import type { NeededPermission } from "../protocol/calls";
import type { Fields } from "../protocol/messages";
import type { OperationError, Operations, Work } from "../state/operations";
import type { Pages } from "../state/pages";
import type { Store } from "../state/store";

/** A request whose types were checked already. */
export interface Request extends Fields {
  project: string;
  zone?: string;
  region?: string;
  requestId?: string;
}

/** What methods work with. */
export interface World {
  store: Store;
  pages: Pages;
  operations: Operations;
  /** Scopes (`zones/z`) that aggregated lists of a project cannot reach. */
  unreachable: Map<string, Set<string>>;
}

/** Starts an operation; where the test injected an error, it ends in that. */
export type Start = (work: Omit<Work, "requestId">) => Fields;

/** One method: the permissions that it needs, and what it does. */
export interface Method {
  /**
   * As https://docs.cloud.google.com/compute/docs/reference/rest/v1 and the IAM reference say: those of every call, and
   * those that follow from what the request names.
   */
  needs(request: Request, world: World): NeededPermission[];
  serve(request: Request, world: World, start: Start): Fields;
}

export type Methods = Record<string, Method>;

/** The usual case: permissions on the request's own project. */
export const on =
  (...permissions: string[]) =>
  ({ project }: Request): NeededPermission[] =>
    permissions.map((permission) => ({ project, permission }));

export type { OperationError };
