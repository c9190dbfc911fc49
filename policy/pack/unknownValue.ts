import * as sdk from "@pulumi/policy";
import { UNKNOWN_TEXT } from "./values";

/** Exported by Pulumi, but missing in its types. */
const { UnknownValueError } = sdk as unknown as {
  UnknownValueError: new (unknownText: string, path: string[]) => Error;
};

/** How many paths are named. */
const MAX_NAMED = 5;

/** The error by which a policy tells Pulumi that it depends on what a preview does not know. */
export function unknownValue(paths: readonly string[]): Error {
  const named = paths.slice(0, MAX_NAMED).join(", .");
  const rest = paths.length - MAX_NAMED;
  return new UnknownValueError(UNKNOWN_TEXT, [rest > 0 ? `${named} and ${rest} more` : named]);
}
