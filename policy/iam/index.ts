import { type Rule } from "../rule";
import { defaultServiceAccounts } from "./defaultServiceAccounts";
import { impersonation } from "./impersonation";
import { instanceAdmin } from "./instanceAdmin";
import { mixedGrants } from "./mixedGrants";
import { primitiveRoles } from "./primitiveRoles";
import { publicMembers } from "./publicMembers";
import { serviceAccountKeys } from "./serviceAccountKeys";
import { usersInGroups } from "./usersInGroups";
import { viewerRole } from "./viewerRole";

/** Rules of the domain `iam`, by id. */
export const rules: readonly Rule[] = [
  defaultServiceAccounts,
  impersonation,
  instanceAdmin,
  mixedGrants,
  primitiveRoles,
  publicMembers,
  serviceAccountKeys,
  usersInGroups,
  viewerRole,
];
