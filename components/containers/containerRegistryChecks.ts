import type * as pulumi from "@pulumi/pulumi";
import { projectNumber, kmsKey, mapKey, projectId, repositoryId, serviceAccountEmail } from "../../core/names";
import { iamMember } from "../../core/iam/members";
import { RegistryRole, repeatedGrants, Runtime, runtimeMember, trustedMember } from "../../core/registry/access";
import { keyLocation, registryLocation } from "../../core/registry/addresses";
import { cleanupAge, cleanupShape, keepNewest, refusedByImmutableTags, tagPrefix } from "../../core/registry/cleanup";
import { refusedByMode, RepositoryMode } from "../../core/registry/modes";
import {
  passwordSecretVersion,
  remoteUpstream,
  type RepositoryKinds,
  upstreamKey,
  upstreamPriority,
  upstreamUsername,
} from "../../core/registry/upstreams";
import { all, notEmpty, oneOf, type Rule, text, trueOrFalse } from "../../core/rules";
import { type InputChecks, madeOf } from "../inputs";
import { fields, FLAG, LIST, MAP, mapOf, required } from "../shapes";
import {
  type CleanupArgs,
  type ContainerRegistryArgs,
  type ContainerRepositoryArgs,
  type RemoteRepositoryArgs,
  type RuntimeReaderArgs,
  VulnerabilityScanning,
} from "./containerRegistryArgs";

/** A grant on one repository. */
export interface PlannedGrant {
  /** Where the inputs say it. */
  path: string;
  /** What follows the repository's key in the name of the child. */
  suffix: string;
  /** Role that is granted. */
  role: RegistryRole;
  /** To whom. */
  member: pulumi.Input<string>;
}

/** A repository as it is declared. */
export interface PlannedRepository {
  /** The checked inputs. */
  args: ContainerRepositoryArgs & { repositoryId: pulumi.Input<string> };
  /** Where its images come from. */
  mode: RepositoryMode;
  /** The registry's labels and its own. */
  labels: Record<string, pulumi.Input<string>>;
  /** The registry's grants that concern it, and its own. */
  grants: PlannedGrant[];
}

/** A registry as it is declared. */
export interface PlannedRegistry {
  /** The checked inputs. */
  args: ContainerRegistryArgs;
  /** Its repositories by key; those behind virtual ones come first. */
  repositories: Record<string, PlannedRepository>;
}

/** The inputs that name members, and what they grant. */
const ROLES = [
  { input: "readers", suffix: "reader", role: RegistryRole.Reader },
  { input: "writers", suffix: "writer", role: RegistryRole.Writer },
  { input: "administrators", suffix: "administrator", role: RegistryRole.Administrator },
] as const;

type AccessArgs = Pick<ContainerRepositoryArgs, "readers" | "writers" | "administrators" | "runtimes">;

const ACCESS = { readers: MAP, writers: MAP, administrators: MAP, runtimes: mapOf(fields({})) };
const CLEANUP = fields({
  keepTagPrefixes: LIST,
  deleteTagged: mapOf(fields({ tagPrefixes: required(LIST) })),
});
const REPOSITORY = fields({
  ...ACCESS,
  remote: fields({ credentials: fields({}) }),
  virtual: fields({ upstreams: required(MAP) }),
  cleanup: CLEANUP,
  labels: MAP,
});
const SHAPE = fields({
  ...ACCESS,
  repositories: required(mapOf(REPOSITORY)),
  allowPublic: FLAG,
  auditLogs: FLAG,
  protect: FLAG,
  labels: MAP,
});

/**
 * Checks the inputs of a registry and says what is to be declared.
 *
 * @param protect what the component's options say of protection.
 */
export function plannedRegistry(checks: InputChecks, args: ContainerRegistryArgs, protect = true): PlannedRegistry {
  checks.checkShape(args, SHAPE);
  const { location } = args;
  checks.checkNow("repositories", args.repositories, notEmpty("name at least one, as in { apps: {} }"));
  const checked = {
    ...args,
    protect: args.protect ?? protect,
    project: checks.check("project", args.project, projectId),
    location: checks.check("location", location, registryLocation),
    kmsKey: checkedKey(checks, args),
    serviceAgent: checks.checkOptional("serviceAgent", args.serviceAgent, serviceAccountEmail),
    labels: checks.checkLabels("labels", args.labels),
  };
  const access = checkedAccess(checks, "", args, args.allowPublic ?? false);
  checkRepeated(checks, access, "");
  const entries = Object.entries(args.repositories);
  const kinds = kindsOf(args.repositories);
  if (entries.length > 0 && kinds.virtual.length + kinds.remote.length === kinds.keys.length && args.writers)
    checks.checkNow("writers", args.writers, () => "must be left out: no repository here is one that can be pushed to");
  checkIds(checks, args.repositories);
  const planned = entries.map(([key, repository]): [string, PlannedRepository] => [
    key,
    plannedRepository(checks, key, repository, { kinds, access, registry: checked }),
  ]);
  const behind = ([, { mode }]: [string, PlannedRepository]) => Number(mode === RepositoryMode.Virtual);
  return {
    args: checked,
    repositories: Object.fromEntries(planned.sort((one, other) => behind(one) - behind(other))),
  };
}

/** What a repository is checked against. */
interface Surroundings {
  /** What the others are. */
  kinds: RepositoryKinds;
  /** Grants of the registry. */
  access: PlannedGrant[];
  /** Inputs of the registry. */
  registry: ContainerRegistryArgs;
}

function plannedRepository(
  checks: InputChecks,
  key: string,
  args: ContainerRepositoryArgs,
  { kinds, access, registry }: Surroundings,
): PlannedRepository {
  const path = `repositories.${key}`;
  const mode = modeOf(args);
  if (args.remote && args.virtual)
    checks.checkNow(path, args, () => "must be remote or virtual, not both; make two repositories of it");
  for (const [input, reason] of refusedByMode(mode, args)) checks.checkNow(`${path}.${input}`, args, () => reason);
  const immutable = mode === RepositoryMode.Standard && args.immutableTags === true;
  for (const [input, reason] of immutable ? refusedByImmutableTags(args.cleanup ?? {}) : [])
    checks.checkNow(`${path}.cleanup.${input}`, args, () => reason);
  const own = checkedAccess(checks, `${path}.`, args, registry.allowPublic ?? false);
  const inherited = access.filter(({ role }) => role !== RegistryRole.Writer || mode === RepositoryMode.Standard);
  checkRepeated(checks, [...inherited, ...own], path);
  return {
    args: {
      ...args,
      repositoryId: checks.check(`${path}.repositoryId`, args.repositoryId ?? key, repositoryId),
      description: checks.checkOptional(`${path}.description`, args.description, text),
      immutableTags: checks.checkOptional(`${path}.immutableTags`, args.immutableTags, immutableBeside(args)),
      cleanupDryRun: checks.checkOptional(`${path}.cleanupDryRun`, args.cleanupDryRun, trueOrFalse),
      remote: args.remote && checkedRemote(checks, `${path}.remote`, args.remote),
      virtual: args.virtual && { upstreams: checkedUpstreams(checks, `${path}.virtual.upstreams`, args, kinds) },
      cleanup: args.cleanup && checkedCleanup(checks, `${path}.cleanup`, args.cleanup),
      vulnerabilityScanning: checks.checkOptional(
        `${path}.vulnerabilityScanning`,
        args.vulnerabilityScanning,
        oneOf(Object.values(VulnerabilityScanning)),
      ),
    },
    mode,
    labels: { ...registry.labels, ...checks.checkLabels(`${path}.labels`, args.labels) },
    grants: [...inherited, ...own],
  };
}

/** Where it is known already, what it does not go with is refused in its place, under the path of the cleanup. */
function immutableBeside({ immutableTags, cleanup = {} }: ContainerRepositoryArgs): Rule<boolean> {
  const refused = immutableTags === true ? [] : refusedByImmutableTags(cleanup);
  return all(trueOrFalse, (immutable) =>
    immutable && refused.length > 0
      ? `must not be true beside ${refused.map(([input]) => `cleanup.${input}`).join(" and ")}, since no tagged image can be deleted then`
      : undefined,
  );
}

function modeOf({ remote, virtual }: ContainerRepositoryArgs): RepositoryMode {
  if (virtual) return RepositoryMode.Virtual;
  return remote ? RepositoryMode.Remote : RepositoryMode.Standard;
}

function kindsOf(repositories: Record<string, ContainerRepositoryArgs>): RepositoryKinds & { remote: string[] } {
  const keys = Object.keys(repositories);
  const of = (mode: RepositoryMode) => keys.filter((key) => modeOf(repositories[key]) === mode);
  return { keys, virtual: of(RepositoryMode.Virtual), remote: of(RepositoryMode.Remote) };
}

function checkIds(checks: InputChecks, repositories: Record<string, ContainerRepositoryArgs>): void {
  const keyOf = new Map<unknown, string>();
  for (const [key, repository] of Object.entries(repositories)) {
    const id = repository.repositoryId ?? key;
    // A key that is an id as well is checked as one.
    if (repository.repositoryId !== undefined) checks.checkNow(`repositories.${key}`, key, mapKey);
    const first = typeof id === "string" ? keyOf.get(id) : undefined;
    if (first !== undefined)
      checks.checkNow(
        `repositories.${key}.repositoryId`,
        id,
        (value) => `must not be that of repositories.${first} as well, got ${JSON.stringify(value)}`,
      );
    else keyOf.set(id, key);
  }
}

function checkedKey(checks: InputChecks, args: ContainerRegistryArgs): pulumi.Input<string> | undefined {
  if (args.kmsKey === undefined) return undefined;
  const key = checks.check("kmsKey", args.kmsKey, kmsKey);
  const rule: Rule<{ kmsKey: string; location: string }> = (both) =>
    kmsKey(both.kmsKey) === undefined && registryLocation(both.location) === undefined ? keyLocation(both) : undefined;
  const both = madeOf({ kmsKey: key, location: args.location }, (known) => known);
  return madeOf(checks.check("kmsKey", both, rule), ({ kmsKey }) => kmsKey);
}

function checkedRemote(checks: InputChecks, path: string, args: RemoteRepositoryArgs): RemoteRepositoryArgs {
  const { credentials } = args;
  return {
    ...args,
    upstream: checks.check(`${path}.upstream`, args.upstream, remoteUpstream),
    skipUpstreamValidation: checks.checkOptional(
      `${path}.skipUpstreamValidation`,
      args.skipUpstreamValidation,
      trueOrFalse,
    ),
    credentials: credentials && {
      username: checks.check(`${path}.credentials.username`, credentials.username, upstreamUsername),
      passwordSecretVersion: checks.check(
        `${path}.credentials.passwordSecretVersion`,
        credentials.passwordSecretVersion,
        passwordSecretVersion,
      ),
    },
  };
}

function checkedUpstreams(
  checks: InputChecks,
  path: string,
  { virtual }: ContainerRepositoryArgs,
  kinds: RepositoryKinds,
): Record<string, pulumi.Input<number>> {
  const upstreams = virtual?.upstreams ?? {};
  checks.checkNow(path, upstreams, notEmpty("name the repositories behind it, as in { apps: 20, hub: 10 }"));
  for (const key of Object.keys(upstreams)) checks.checkNow(`${path}.${key}`, key, upstreamKey(kinds));
  return checks.checkEach(path, upstreams, upstreamPriority);
}

function checkedCleanup(checks: InputChecks, path: string, args: CleanupArgs): CleanupArgs {
  checks.checkNow(path, args, cleanupShape);
  const tagged = Object.entries(args.deleteTagged ?? {}).map(([key, { tagPrefixes, olderThan }]) => {
    const entry = `${path}.deleteTagged.${key}`;
    checks.checkNow(entry, key, mapKey);
    return [
      key,
      {
        tagPrefixes: checkedPrefixes(checks, `${entry}.tagPrefixes`, tagPrefixes),
        olderThan: checks.check(`${entry}.olderThan`, olderThan, cleanupAge),
      },
    ] as const;
  });
  return {
    keepNewest: checks.checkOptional(`${path}.keepNewest`, args.keepNewest, keepNewest),
    keepTagPrefixes: args.keepTagPrefixes && checkedPrefixes(checks, `${path}.keepTagPrefixes`, args.keepTagPrefixes),
    deleteUntaggedAfter: checks.checkOptional(`${path}.deleteUntaggedAfter`, args.deleteUntaggedAfter, cleanupAge),
    deleteOlderThan: checks.checkOptional(`${path}.deleteOlderThan`, args.deleteOlderThan, cleanupAge),
    deleteTagged: args.deleteTagged && Object.fromEntries(tagged),
  };
}

function checkedPrefixes(checks: InputChecks, path: string, prefixes: pulumi.Input<string>[]): pulumi.Input<string>[] {
  checks.checkNow(path, prefixes, notEmpty("leave it out or name a prefix, since no prefix would mean every tag"));
  return prefixes.map((prefix, index) => checks.check(`${path}[${index}]`, prefix, tagPrefix));
}

function checkedAccess(checks: InputChecks, path: string, args: AccessArgs, allowPublic: boolean): PlannedGrant[] {
  const members = ROLES.flatMap(({ input, suffix, role }) => {
    const rule = role === RegistryRole.Reader ? iamMember(allowPublic) : trustedMember;
    checks.checkKeys(path + input, args[input]);
    const checked = checks.checkEach(path + input, args[input], rule);
    return Object.entries(checked).map(([key, member]) => ({
      path: `${path}${input}.${key}`,
      suffix: `${suffix}-${key}`,
      role,
      member,
    }));
  });
  checks.checkKeys(`${path}runtimes`, args.runtimes);
  const runtimes = Object.entries(args.runtimes ?? {}).map(([key, runtime]) => ({
    path: `${path}runtimes.${key}`,
    suffix: `runtime-${key}`,
    role: RegistryRole.Reader,
    member: checkedRuntime(checks, `${path}runtimes.${key}`, runtime),
  }));
  return [...members, ...runtimes];
}

function checkedRuntime(checks: InputChecks, path: string, args: RuntimeReaderArgs): pulumi.Input<string> {
  const runtime = checks.check(`${path}.runtime`, args.runtime, oneOf(Object.values(Runtime)));
  const number = checks.check(`${path}.projectNumber`, args.projectNumber, projectNumber);
  return madeOf({ runtime, number }, (known) => runtimeMember(known.runtime, known.number));
}

/** Refuses grants under `path` that another one states already, and names of children that would be the same. */
function checkRepeated(checks: InputChecks, grants: PlannedGrant[], path: string): void {
  const pathOf = new Map<string, string>();
  for (const grant of grants) {
    const first = pathOf.get(grant.suffix);
    if (first !== undefined)
      checks.checkNow(grant.path, first, () => `must have a key of its own, since ${first} holds here as well`);
    else pathOf.set(grant.suffix, grant.path);
  }
  const stated = grants.map(({ path, role, member }) => ({
    path,
    role,
    member: typeof member === "string" ? member : undefined,
  }));
  for (const { path: again, first } of repeatedGrants(stated))
    if (again.startsWith(path))
      checks.checkNow(
        again,
        first,
        ({ member, path }) =>
          `must not name ${member} again, which ${path} names with the same role; leave one of them out, since removing it later would take the role from both`,
      );
}
