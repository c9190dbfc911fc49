import type { Fields } from "./messages";

/** A permission and the project, folder or organization on which a call needs it. */
export interface NeededPermission {
  project: string;
  permission: string;
}

/** One call that reached the fake and was well-formed. */
export interface Call {
  /** Counts from 1 in the order of arrival. */
  number: number;
  /** Such as `images.deprecate`. */
  method: string;
  /** For Asset Inventory the scope, such as `folders/1`. */
  project: string;
  permissions: NeededPermission[];
  /** Path, query and body as one message, in the names of the client's types. */
  request: Fields;
  /** The header of that name, where the call has one. */
  authorization?: string;
}

/** Runs before a call is served and may change the fake's state; what it throws cuts the connection, see `errors`. */
export type CallListener = (call: Call) => void | Promise<void>;

/** What one of the fakes is told about its service. */
export interface Api {
  /** The permissions that a call needs, checked against what the test denied. */
  permissions(method: string, request: Fields): NeededPermission[];
  /** Does the work and answers, or throws an ApiError. */
  serve(call: Call, operationFault?: { reason?: string; message?: string; status?: number }): Fields;
  /** The project or scope of a request. */
  projectOf(request: Fields): string;
}
