import { expect } from "chai";
import fc from "fast-check";
import {
  familyCondition,
  grantsOf,
  IMAGE_USER,
  INSTANCE_ADMIN,
  planSharing,
  repeatedGrants,
  SERVICE_ACCOUNT_USER,
  type SharingGrant,
  type SharingModel,
  STORAGE_ADMIN,
} from "../../../core/iam/sharing";

const NOBODY: SharingModel<string> = { imageUsers: {}, imageCreators: {}, buildServiceAccounts: {}, consumers: {} };

/** Few values, so that keys, members and projects often meet. */
const key = fc.constantFrom("a", "b", "c", "user-a");
const map = <T>(value: fc.Arbitrary<T>) => fc.dictionary(key, value, { maxKeys: 4 });
const user = fc.constantFrom("group:u1@acme.example", "group:u2@acme.example", "group:u3@acme.example");
const creator = fc.constantFrom("group:c1@acme.example", "group:c2@acme.example");
const agent = fc.constantFrom("serviceAccount:1@cloudservices", "serviceAccount:2@cloudservices");
const account = fc.constantFrom("one@acme-images.iam", "two@acme-images.iam");
const consumer = fc.record(
  { project: fc.constantFrom("shop", "blog"), imageUsers: map(user), instanceGroups: agent },
  { requiredKeys: ["project"] },
);
const model: fc.Arbitrary<SharingModel<string>> = fc.record(
  {
    imageUsers: map(fc.oneof(user, fc.constant("allUsers"))),
    imageCreators: map(creator),
    buildServiceAccounts: map(account),
    consumers: map(consumer),
    images: map(fc.constantFrom("web-1", "web-2")),
  },
  { requiredKeys: ["imageUsers", "imageCreators", "buildServiceAccounts", "consumers"] },
);

const identity = ({ role, on, member }: SharingGrant<string>) => JSON.stringify([role, on, member]);
const holds = (check: (plan: SharingGrant<string>[], of: SharingModel<string>) => void) =>
  fc.assert(fc.property(model, (of) => void check(planSharing(of), of)));

describe("the plan of a sharing", () => {
  it("grants nothing twice", () => {
    holds((plan) => expect(new Set(plan.map(identity)).size).to.equal(plan.length));
  });

  it("gives every grant a name of its own, whatever the keys are", () => {
    holds((plan) => {
      const names = plan.map(({ name, on }) => `${on.kind === "consumer" ? "imageProject" : on.kind} ${name}`);
      expect(new Set(names).size).to.equal(names.length);
    });
  });

  it("grants nothing beyond the model", () => {
    const allowed = new Set([
      `imageProject ${IMAGE_USER}`,
      `image ${IMAGE_USER}`,
      `imageProject ${INSTANCE_ADMIN}`,
      `imageProject ${STORAGE_ADMIN}`,
      `serviceAccount ${SERVICE_ACCOUNT_USER}`,
      `consumer ${INSTANCE_ADMIN}`,
    ]);
    holds((plan) => {
      for (const { on, role } of plan) expect(allowed).to.include(`${on.kind} ${role}`);
    });
  });

  it("gives image creators nothing on a consumer project", () => {
    holds((plan) => {
      for (const { on, member } of plan) if (on.kind === "consumer") expect(member).to.not.match(/^group:c/);
    });
  });

  it("gives image users and service agents nothing on the image project but the use of images", () => {
    holds((plan) => {
      for (const { on, member, role } of plan)
        if (!member.startsWith("group:c") && on.kind !== "consumer") expect(role).to.equal(IMAGE_USER);
    });
  });

  it("lets a service account be used on the account alone, never on a project", () => {
    holds((plan) => {
      for (const { on, role } of plan) if (role === SERVICE_ACCOUNT_USER) expect(on.kind).to.equal("serviceAccount");
    });
  });

  it("never lets everybody administer instances", () => {
    holds((plan) => {
      for (const { role, member } of plan) if (member === "allUsers") expect(role).to.equal(IMAGE_USER);
    });
  });

  it("lets everyone who may create instances from images use them, in whichever scope", () => {
    holds((plan, { images }) => {
      const targets = images === undefined ? ["imageProject"] : Object.values(images);
      const used = plan.map(({ role, on, member }) => `${role} ${on.kind === "image" ? on.image : on.kind} ${member}`);
      for (const { on, member } of plan)
        if (on.kind === "consumer")
          for (const target of targets) expect(used).to.include(`${IMAGE_USER} ${target} ${member}`);
    });
  });

  it("does not depend on the order of keys", () => {
    const reversed = <V>(entries: Record<string, V>) => Object.fromEntries(Object.entries(entries).reverse());
    holds((plan, of) => {
      const other = planSharing({
        ...of,
        imageUsers: reversed(of.imageUsers),
        imageCreators: reversed(of.imageCreators),
        buildServiceAccounts: reversed(of.buildServiceAccounts),
        consumers: reversed(of.consumers),
        ...(of.images ? { images: reversed(of.images) } : {}),
      });
      expect(other).to.deep.equal(plan);
    });
  });

  it("keeps a consumer's users to that consumer", () => {
    const plan = planSharing({
      ...NOBODY,
      imageUsers: { all: "group:all@acme.example" },
      consumers: { blog: { project: "acme-blog", imageUsers: { web: "group:web@acme.example" } } },
    });
    expect(plan.map(({ name, role, on, member }) => [name, role, on.kind, member])).to.deep.equal([
      ["user-all", IMAGE_USER, "imageProject", "group:all@acme.example"],
      ["consumer-user-blog/web", IMAGE_USER, "imageProject", "group:web@acme.example"],
      ["consumer-instances-blog/web", INSTANCE_ADMIN, "consumer", "group:web@acme.example"],
    ]);
  });
});

describe("grants as data", () => {
  const plan = planSharing({
    ...NOBODY,
    imageUsers: { devs: "group:devs@acme.example" },
    imageCreators: { bakers: "group:bakers@acme.example" },
    buildServiceAccounts: { packer: "packer@acme-images.iam.gserviceaccount.com" },
    consumers: { shop: { project: "acme-shop" } },
  });

  it("are named as their services name them, in an order of their own", () => {
    expect(grantsOf([...plan].reverse(), "acme-images", "true")).to.deep.equal([
      { member: "group:devs@acme.example", role: IMAGE_USER, resource: "projects/acme-images", condition: "true" },
      { member: "group:bakers@acme.example", role: INSTANCE_ADMIN, resource: "projects/acme-images" },
      { member: "group:bakers@acme.example", role: STORAGE_ADMIN, resource: "projects/acme-images" },
      {
        member: "group:bakers@acme.example",
        role: SERVICE_ACCOUNT_USER,
        resource: "projects/acme-images/serviceAccounts/packer@acme-images.iam.gserviceaccount.com",
      },
      { member: "group:devs@acme.example", role: INSTANCE_ADMIN, resource: "projects/acme-shop" },
    ]);
  });

  it("name an image", () => {
    const shared = planSharing({ ...NOBODY, imageUsers: { devs: "group:d@acme.example" }, images: { web: "web-7" } });
    expect(grantsOf(shared, "acme-images")).to.deep.equal([
      { member: "group:d@acme.example", role: IMAGE_USER, resource: "projects/acme-images/global/images/web-7" },
    ]);
  });

  it("show what comes more than once", () => {
    const once = grantsOf(plan, "acme-images");
    expect(repeatedGrants(once)).to.deep.equal([]);
    const twice = grantsOf([...plan, ...plan.slice(0, 1)], "acme-images");
    expect(repeatedGrants(twice)).to.deep.equal([once[0]]);
  });
});

describe("the condition of a family's prefix", () => {
  it("covers its images, the look-up by family, and lists", () => {
    expect(familyCondition("acme-images", "web-")).to.equal(
      'resource.type != "compute.googleapis.com/Image"' +
        ' || resource.name.startsWith("projects/acme-images/global/images/web-")' +
        ' || resource.name.startsWith("projects/acme-images/global/images/family/web-")',
    );
  });
});
