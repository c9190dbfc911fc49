import { requirementsOf, type Requirements } from "../../core/requirements";
import { type PreviewGraph } from "../graph";

/** What the deployer of a program needs: for the resources that it declares and for what it looks up. */
export function requirementsOfGraph({ resources, lookups }: PreviewGraph): Requirements {
  return requirementsOf([
    ...resources.filter(({ custom }) => custom).map(({ type }) => type),
    ...lookups.map(({ token }) => token),
  ]);
}
