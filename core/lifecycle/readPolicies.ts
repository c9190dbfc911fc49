import { shown } from "../rules";
import { type LifecyclePolicy, policyObjectName } from "./familyPolicy";
import { PROJECT_POLICY_OBJECT, type ProjectLifecyclePolicy } from "./projectPolicy";
import { isObject } from "../documents/fields";
import { type PolicyProblem, readFamilyPolicy, readProjectPolicy } from "./readPolicy";

/** An object of the bucket that holds a policy, or why it could not be read. */
export interface PolicyObject {
  /** Its name in the bucket. */
  name: string;
  text?: string;
  /** Why there is no text. */
  problem?: string;
}

/** All policies of a project. */
export interface ReadPolicies {
  /** Policies that are right, by family. */
  policies: Map<string, LifecyclePolicy>;
  /** Families that nobody touches, since something is wrong with their policy. */
  stopped: Set<string>;
  projectPolicy?: ProjectLifecyclePolicy;
  /** All that is wrong. */
  problems: PolicyProblem[];
}

/** What policy objects begin with in the bucket. */
export const POLICY_PREFIX = "families/";

/** Reads all policies of a project. A wrong one stops its family alone. */
export function readPolicies(objects: readonly PolicyObject[], project: string): ReadPolicies {
  const read: ReadPolicies = { policies: new Map(), stopped: new Set(), problems: [] };
  const names = new Set(objects.map(({ name }) => name));
  for (const object of [...objects].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (object.name === PROJECT_POLICY_OBJECT) addProject(object, project, read);
    else if (!object.name.endsWith("/")) addFamily(object, project, read, names);
  }
  for (const family of read.stopped) read.policies.delete(family);
  return read;
}

function addProject({ name, text, problem }: PolicyObject, project: string, read: ReadPolicies): void {
  if (text === undefined) return void read.problems.push({ object: name, message: problem ?? UNREAD });
  const { document, problems } = readProjectPolicy({ object: name, text, project });
  read.problems.push(...problems);
  if (document) read.projectPolicy = document.spec;
}

function addFamily(
  { name, text, problem }: PolicyObject,
  project: string,
  read: ReadPolicies,
  names: ReadonlySet<string>,
): void {
  const named = familyOf(name);
  const stop = (families: (string | undefined)[], ...problems: PolicyProblem[]) => {
    read.problems.push(...problems);
    for (const family of families) if (family !== undefined) read.stopped.add(family);
  };
  if (text === undefined) return stop([named], { object: name, message: problem ?? UNREAD });
  const { document, problems } = readFamilyPolicy({ object: name, text, project });
  if (!document) return stop([named, familyIn(text)], ...problems);
  const { family } = document.metadata;
  if (family !== named) return stop([named, family], misplaced(name, family, names));
  read.policies.set(family, document.spec);
}

const UNREAD = "could not be read";

function familyOf(object: string): string | undefined {
  return /^families\/([^/]+)\.json$/.exec(object)?.[1];
}

/** The family that a wrong document is about, where it says so: its images are left alone too. */
function familyIn(text: string): string | undefined {
  try {
    const document = JSON.parse(text) as unknown;
    const family = isObject(document) && isObject(document.metadata) ? document.metadata.family : undefined;
    return typeof family === "string" ? family : undefined;
  } catch {
    return undefined;
  }
}

function misplaced(object: string, family: string, names: ReadonlySet<string>): PolicyProblem {
  const right = policyObjectName(family);
  const twice = names.has(right) ? `; ${right} is a policy of that family too, and none of the two counts` : "";
  return {
    ...{ object, path: "metadata.family" },
    message: `must be the family that the object's name says, or the object be named ${right}, got ${shown(family)}${twice}`,
  };
}
