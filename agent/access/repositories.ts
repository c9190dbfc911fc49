import { PULL_PERMISSION } from "../../core/access/pullRoles";
import { type KnownAccess } from "../../core/access/verdict";
import { repositoryName, type RepositoryAddress } from "../../core/registry/addresses";
import { fieldsOf, grantsIn, listOf, textOf } from "./policy";
import { once, reading } from "./reading";
import { type Rest, Service } from "./rest";

/** Repositories of Artifact Registry. */
export interface Repositories {
  /** What is granted on a repository itself. */
  accessTo: (repository: RepositoryAddress) => Promise<KnownAccess>;
  /** Those behind a virtual one; none behind others. */
  upstreamsOf: (repository: RepositoryAddress) => Promise<RepositoryAddress[]>;
  /**
   * What Artifact Registry answers to an account itself, which the caller must be allowed to impersonate; nothing where
   * it cannot be asked, as service agents never can. https://cloud.google.com/iam/docs/service-account-impersonation
   */
  mayPull: (account: string, repository: RepositoryAddress) => Promise<boolean | undefined>;
}

/** For one question; Google makes no shorter ones useful. */
const TOKEN_LIFETIME = "300s";

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";

/** Only this version of a policy shows conditions. */
const POLICY_VERSION = 3;

/** Reads repositories with the calls that it is given. */
export function repositoriesBy(rest: Rest): Repositories {
  const call = (path: string, more: object = {}) =>
    rest({ service: Service.ArtifactRegistry, path: `/v1/${path}`, ...more });
  const repository = once((name) =>
    reading({ what: name, permission: "artifactregistry.repositories.get" }, () => call(name)),
  );
  const tokenOf = once((account) => impersonated(account, rest));
  return {
    accessTo: async (address) => {
      const name = repositoryName(address);
      const { answer = {}, gap } = await reading(
        { what: `the policy of ${name}`, permission: "artifactregistry.repositories.getIamPolicy" },
        () => call(`${name}:getIamPolicy?options.requestedPolicyVersion=${POLICY_VERSION}`),
      );
      return { grants: grantsIn(answer, { on: "the repository" }), gaps: gap === undefined ? [] : [gap] };
    },
    upstreamsOf: async (address) => upstreamsIn((await repository(repositoryName(address))).answer ?? {}),
    mayPull: async (account, address) => {
      const name = repositoryName(address);
      const [{ answer: exists }, token] = [await repository(name), await tokenOf(account)];
      if (token === undefined) return undefined;
      const ask = () => call(`${name}:testIamPermissions`, { body: { permissions: [PULL_PERMISSION] }, token });
      const { answer } = await reading({ what: name, permission: PULL_PERMISSION }, ask);
      if (listOf(answer?.permissions).includes(PULL_PERMISSION)) return true;
      // One that is not there answers that nothing is permitted.
      return answer && exists ? false : undefined;
    },
  };
}

function upstreamsIn(repository: Record<string, unknown>): RepositoryAddress[] {
  const { upstreamPolicies } = fieldsOf(repository.virtualRepositoryConfig);
  return listOf(upstreamPolicies).flatMap((policy) => {
    const [, project, location, repositoryId] =
      /^projects\/([^/]+)\/locations\/([^/]+)\/repositories\/([^/]+)$/.exec(textOf(fieldsOf(policy).repository)) ?? [];
    return repositoryId === undefined ? [] : [{ project, location, repositoryId }];
  });
}

async function impersonated(account: string, rest: Rest): Promise<string | undefined> {
  const { answer } = await reading({ what: account, permission: "iam.serviceAccounts.getAccessToken" }, () =>
    rest({
      service: Service.IamCredentials,
      path: `/v1/projects/-/serviceAccounts/${encodeURIComponent(account)}:generateAccessToken`,
      body: { scope: [SCOPE], lifetime: TOKEN_LIFETIME },
    }),
  );
  return textOf(answer?.accessToken) || undefined;
}
