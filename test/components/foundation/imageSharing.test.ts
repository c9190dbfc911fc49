import * as pulumi from "@pulumi/pulumi";
import { Project } from "@pulumi/gcp/organizations";
import { Service } from "@pulumi/gcp/projects";
import {
  type ConsumerProjectArgs,
  ImageSharing,
  type ImageSharingArgs,
} from "../../../components/foundation/imageSharing";
import { type ProgramRun, refusalOf, runProgram, UNKNOWN } from "../../../testing";
import { expect } from "../../support/chai";

const SHOP: ConsumerProjectArgs = { project: "acme-shop", projectNumber: "123456789012" };
const BLOG: ConsumerProjectArgs = { project: "acme-blog", projectNumber: "234567890123" };
const REQUIRED: ImageSharingArgs = { project: "acme-images", consumers: { shop: SHOP } };
const DEVELOPERS = "group:developers@acme.example";
const BAKERS = "group:bakers@acme.example";
const PACKER = "packer@acme-images.iam.gserviceaccount.com";
const SHOP_GROUPS = "serviceAccount:123456789012@cloudservices.gserviceaccount.com";
const WHOLE: Partial<ImageSharingArgs> = {
  imageUsers: { developers: DEVELOPERS },
  imageCreators: { bakers: BAKERS },
  buildServiceAccounts: { packer: PACKER },
};
const USER = "roles/compute.imageUser";
const INSTANCES = "roles/compute.instanceAdmin.v1";
const IMAGES = "roles/compute.storageAdmin";
const ACT_AS = "roles/iam.serviceAccountUser";
const MEMBER = "gcp:projects/iAMMember:IAMMember";
const BINDING = "gcp:projects/iAMBinding:IAMBinding";
const ACCOUNT_MEMBER = "gcp:serviceaccount/iAMMember:IAMMember";
const IMAGE_MEMBER = "gcp:compute/imageIamMember:ImageIamMember";
const IMAGE_BINDING = "gcp:compute/imageIamBinding:ImageIamBinding";

const sharing =
  (args: Partial<ImageSharingArgs> = {}) =>
  () =>
    new ImageSharing("sharing", { ...REQUIRED, ...args });
const grantsOf = (run: ProgramRun) =>
  Object.fromEntries(
    run.resources.filter(({ custom }) => custom).map(({ type, name, inputs }) => [name, { type, ...inputs }]),
  );
const later = <T>(value: T) => pulumi.output(Promise.resolve(value));

describe("ImageSharing", () => {
  for (const preview of [false, true]) {
    describe(preview ? "in a preview" : "in an update", () => {
      it("lets a consumer's instance groups use the images when only the required inputs are given", async () => {
        const run = await runProgram(sharing(), { preview });
        expect(grantsOf(run)).to.deep.equal({
          "sharing-instance-groups-shop": { type: MEMBER, project: "acme-images", role: USER, member: SHOP_GROUPS },
        });
      });

      it("grants exactly what the sharing model says", async () => {
        const run = await runProgram(sharing(WHOLE), { preview });
        const onImages = { type: MEMBER, project: "acme-images" };
        expect(grantsOf(run)).to.deep.equal({
          "sharing-user-developers": { ...onImages, role: USER, member: DEVELOPERS },
          "sharing-instance-groups-shop": { ...onImages, role: USER, member: SHOP_GROUPS },
          "sharing-creator-instances-bakers": { ...onImages, role: INSTANCES, member: BAKERS },
          "sharing-creator-images-bakers": { ...onImages, role: IMAGES, member: BAKERS },
          "sharing-builder-packer/bakers": {
            type: ACCOUNT_MEMBER,
            serviceAccountId: `projects/acme-images/serviceAccounts/${PACKER}`,
            role: ACT_AS,
            member: BAKERS,
          },
          "sharing-consumer-instances-shop/developers": {
            type: MEMBER,
            project: "acme-shop",
            role: INSTANCES,
            member: DEVELOPERS,
          },
        });
      });

      it("answers with its grants as data, in one order", async () => {
        const run = await runProgram(() => ({ grants: sharing(WHOLE)().grants }), { preview });
        const resource = "projects/acme-images";
        const expected = [
          { resource, role: USER, member: DEVELOPERS },
          { resource, role: USER, member: SHOP_GROUPS },
          { resource, role: INSTANCES, member: BAKERS },
          { resource, role: IMAGES, member: BAKERS },
          { resource: `${resource}/serviceAccounts/${PACKER}`, role: ACT_AS, member: BAKERS },
          { resource: "projects/acme-shop", role: INSTANCES, member: DEVELOPERS },
        ];
        expect(run.outputs).to.deep.equal({ grants: expected });
        expect(run.resources[0]?.outputs).to.deep.equal({ grants: expected });
        expect(run.log).to.deep.equal([]);
      });

      it("waits for whatever its project waits for", async () => {
        const run = await runProgram(
          () => {
            const api = new Service("api", { project: "acme-images", service: "compute.googleapis.com" });
            sharing({ ...WHOLE, project: api.urn.apply(() => "acme-images") })();
          },
          { preview },
        );
        const api = run.resources.find(({ name }) => name === "api")?.urn;
        for (const name of ["sharing-user-developers", "sharing-builder-packer/bakers"])
          expect(run.resources.find((resource) => resource.name === name)?.options.dependsOn).to.deep.equal([api]);
      });
    });
  }

  it("passes every input on", async () => {
    const run = await runProgram(
      sharing({
        ...WHOLE,
        consumers: {
          shop: { ...SHOP, imageUsers: { web: "group:web@acme.example", all: DEVELOPERS } },
          blog: { ...BLOG, managedInstanceGroups: false },
        },
        scope: { images: { golden: "web-20261101" } },
        authoritative: true,
        allowPublic: true,
        imageUsers: { developers: DEVELOPERS, everybody: "allAuthenticatedUsers" },
      }),
    );
    expect(grantsOf(run)).to.deep.equal({
      "sharing-image-golden/users": {
        type: IMAGE_BINDING,
        project: "acme-images",
        image: "web-20261101",
        role: USER,
        members: [DEVELOPERS, "allAuthenticatedUsers", "group:web@acme.example", SHOP_GROUPS],
      },
      "sharing-creators-instances": { type: BINDING, project: "acme-images", role: INSTANCES, members: [BAKERS] },
      "sharing-creators-images": { type: BINDING, project: "acme-images", role: IMAGES, members: [BAKERS] },
      "sharing-builder-packer/bakers": {
        type: ACCOUNT_MEMBER,
        serviceAccountId: `projects/acme-images/serviceAccounts/${PACKER}`,
        role: ACT_AS,
        member: BAKERS,
      },
      "sharing-consumer-instances-blog/developers": {
        type: MEMBER,
        project: "acme-blog",
        role: INSTANCES,
        member: DEVELOPERS,
      },
      "sharing-consumer-instances-shop/all": {
        type: MEMBER,
        project: "acme-shop",
        role: INSTANCES,
        member: DEVELOPERS,
      },
      "sharing-consumer-instances-shop/web": {
        type: MEMBER,
        project: "acme-shop",
        role: INSTANCES,
        member: "group:web@acme.example",
      },
    });
  });

  it("replaces nobody's grants unless asked to", async () => {
    const run = await runProgram(sharing({ ...WHOLE, scope: { images: { golden: "web-7" } } }));
    expect(run).to.not.declare(BINDING);
    expect(run).to.not.declare(IMAGE_BINDING);
    expect(run)
      .to.declare(IMAGE_MEMBER, "sharing-image-golden/user-developers")
      .with.inputs({ project: "acme-images", image: "web-7", role: USER, member: DEVELOPERS });
  });

  it("takes all members of the image project at once when it is authoritative", async () => {
    const run = await runProgram(sharing({ ...WHOLE, authoritative: true }));
    expect(run)
      .to.declare(BINDING, "sharing-users")
      .with.inputs({ project: "acme-images", role: USER, members: [DEVELOPERS, SHOP_GROUPS] });
    const additive = run.resources.filter(({ type }) => type === MEMBER);
    expect(additive.map(({ inputs }) => inputs.project)).to.deep.equal(["acme-shop"]);
  });

  for (const authoritative of [false, true])
    it(`puts the condition on the use of images alone, ${authoritative ? "in a binding" : "in each grant"}`, async () => {
      const args = { ...WHOLE, authoritative, scope: { familyPrefix: "web-" } };
      const run = await runProgram(() => ({ grants: sharing(args)().grants }));
      const expression =
        'resource.type != "compute.googleapis.com/Image"' +
        ' || resource.name.startsWith("projects/acme-images/global/images/web-")' +
        ' || resource.name.startsWith("projects/acme-images/global/images/family/web-")';
      for (const { inputs } of run.resources.filter(({ custom }) => custom))
        expect(inputs.condition, String(inputs.role)).to.deep.equal(
          inputs.role === USER ? { title: "Images named web-…", expression } : undefined,
        );
      const grants = run.outputs.grants as { role: string; condition?: string }[];
      expect(grants.map(({ condition }) => condition)).to.deep.equal(
        grants.map(({ role }) => (role === USER ? expression : undefined)),
      );
    });

  it("grants once what two keys and two consumers ask for", async () => {
    const run = await runProgram(
      sharing({
        imageUsers: { developers: DEVELOPERS, alsoDevelopers: DEVELOPERS },
        consumers: { shop: { ...SHOP, imageUsers: { web: DEVELOPERS } }, again: SHOP },
      }),
    );
    expect(Object.keys(grantsOf(run)).sort()).to.deep.equal([
      "sharing-consumer-instances-again/alsoDevelopers",
      "sharing-instance-groups-again",
      "sharing-user-alsoDevelopers",
    ]);
  });

  it("warns of a grant that two Outputs turn out to ask for", async () => {
    const imageUsers = { developers: later(DEVELOPERS), others: later(DEVELOPERS) };
    const run = await runProgram(() => ({ grants: sharing({ imageUsers })().grants }));
    expect(run.log).to.deep.equal(
      ["projects/acme-images", "projects/acme-shop"].map((resource) => ({
        severity: "warning",
        message: `${DEVELOPERS} gets ${resource.endsWith("shop") ? INSTANCES : USER} on ${resource} by two inputs; name the member once, or removing one takes the grant from both`,
      })),
    );
    expect(run.outputs.grants).to.have.length(3);
  });

  it("names no secret in that warning", async () => {
    const imageUsers = { developers: pulumi.secret(DEVELOPERS), others: pulumi.secret(DEVELOPERS) };
    const { log } = await runProgram(sharing({ imageUsers }));
    expect(log.map(({ message }) => message)).to.deep.equal(
      [USER, INSTANCES].map(
        (role) =>
          `One member (secret) gets ${role} by two inputs; name the member once, or removing one takes the grant from both`,
      ),
    );
  });

  it("never lets everybody create instances in a consumer's project", async () => {
    const imageUsers = { everybody: "allAuthenticatedUsers", developers: DEVELOPERS };
    const run = await runProgram(sharing({ imageUsers, allowPublic: true }));
    expect(run).to.grant(USER, "allAuthenticatedUsers");
    expect(run).to.not.grant(INSTANCES, "allAuthenticatedUsers");
    const late = { everybody: later("allUsers") };
    expect(await refusalOf(sharing({ imageUsers: late, allowPublic: true }))).to.include(
      [
        'ImageSharing "sharing": an input is wrong',
        "  imageUsers must not be allUsers, which is everybody on the internet; only the use of images can be given to everybody",
      ].join("\n"),
    );
  });

  it("declares the same resources in whichever order the maps are given", async () => {
    const urns = async (args: Partial<ImageSharingArgs>) =>
      (await runProgram(sharing(args))).resources.map(({ urn, inputs }) => [urn, urn.includes("$") && inputs]);
    const imageUsers = { developers: DEVELOPERS, operators: "group:operators@acme.example" };
    const forth = { ...WHOLE, imageUsers, consumers: { shop: SHOP, blog: BLOG } };
    const back = {
      ...WHOLE,
      imageUsers: { operators: imageUsers.operators, developers: imageUsers.developers },
      consumers: { blog: BLOG, shop: SHOP },
    };
    expect(await urns(forth)).to.deep.equal(await urns(back));
    expect(await urns({ ...forth, authoritative: true })).to.deep.equal(await urns({ ...back, authoritative: true }));
  });

  it("takes Outputs", async () => {
    const run = await runProgram(
      sharing({
        project: later("acme-images"),
        consumers: { shop: { project: later("acme-shop"), projectNumber: later("123456789012") } },
        imageUsers: { developers: later(DEVELOPERS) },
        scope: { familyPrefix: later("web-") },
      }),
    );
    expect(run).to.grant(USER, SHOP_GROUPS);
    expect(run)
      .to.declare(MEMBER, "sharing-consumer-instances-shop/developers")
      .with.inputs({ project: "acme-shop", member: DEVELOPERS });
    expect(run)
      .to.declare(MEMBER, "sharing-user-developers")
      .with.inputs({ project: "acme-images", member: DEVELOPERS });
  });

  it("leaves the service agent of a project that is yet to be created for the update", async () => {
    const program = () => {
      const { number, projectId } = new Project("shop", { projectId: "acme-shop" });
      return {
        grants: sharing({ ...WHOLE, consumers: { shop: { project: projectId, projectNumber: number } } })().grants,
      };
    };
    const run = await runProgram(program, { preview: true });
    expect(run).to.declare(MEMBER, "sharing-instance-groups-shop").with.inputs({ role: USER, member: UNKNOWN });
    expect(run.outputs).to.deep.equal({ grants: UNKNOWN });
    expect(await runProgram(program)).to.grant(USER, SHOP_GROUPS);
  });

  it("names everything that is wrong at once, and declares nothing", async () => {
    const wrong = sharing({
      project: "Acme",
      imageUsers: { developers: "developers@acme.example", everybody: "allUsers", "-": DEVELOPERS },
      imageCreators: { bakers: "allAuthenticatedUsers" },
      buildServiceAccounts: { packer: "packer" },
      consumers: {
        shop: { project: "acme_shop", projectNumber: "acme-shop", imageUsers: { web: "allUsers" } },
        "blog/": { ...BLOG, imageUsers: {}, managedInstanceGroups: false },
      },
      scope: { images: { golden: "Web_7" }, familyPrefix: "-web" },
    });
    expect(await refusalOf(wrong)).to.equal(
      [
        'ImageSharing "sharing": 14 inputs are wrong',
        '  project must be a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Acme"',
        '  imageUsers.- must be a key of letters, digits, hyphens, underscores and periods, got "-"',
        '  imageUsers.developers must be an IAM member with its prefix, such as group:platform@acme.example or serviceAccount:…, got "developers@acme.example"',
        "  imageUsers.everybody must not be allUsers, which is everybody on the internet; set allowPublic to true if that is what you want",
        "  imageCreators.bakers must not be allAuthenticatedUsers, which is everybody on the internet; only the use of images can be given to everybody",
        '  buildServiceAccounts.packer must be the e-mail of a service account such as builder@acme-images.iam.gserviceaccount.com, got "packer"',
        '  consumers.shop.projectNumber must be a project number such as 123456789012, got "acme-shop"',
        '  consumers.shop.project must be a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "acme_shop"',
        "  consumers.shop.imageUsers.web must not be allUsers, which is everybody on the internet; only the use of images can be given to everybody",
        '  consumers.blog/ must be a key of letters, digits, hyphens, underscores and periods, got "blog/"',
        "  consumers.blog/ must have imageUsers or managedInstanceGroups; it shares nothing",
        '  scope.images.golden must be lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Web_7"',
        '  scope.familyPrefix must be lower-case letters, digits and hyphens, beginning with a letter, got "-web"',
        "  scope must have images or familyPrefix, got both",
      ].join("\n"),
    );
  });

  for (const [what, args, reason] of [
    ["no consumer", { consumers: {} }, "consumers must not be empty; name the projects that use the images"],
    [
      "the image project as its own consumer",
      { consumers: { own: { ...SHOP, project: "acme-images" } } },
      'consumers.own.project must not be the image project itself, got "acme-images"; list its members under imageCreators',
    ],
    [
      "a condition on everybody",
      { imageUsers: { all: "allUsers" }, allowPublic: true, scope: { familyPrefix: "web-" } },
      "imageUsers.all must not be allUsers beside scope.familyPrefix, since IAM takes no condition on a grant to everybody; name the images in scope.images",
    ],
    [
      "build accounts that nobody uses",
      { buildServiceAccounts: { packer: PACKER } },
      "buildServiceAccounts must have imageCreators beside them, who are to use these accounts",
    ],
    [
      "a scope that says nothing",
      { scope: {} },
      "scope must have images or familyPrefix, got neither; leave scope out to share the whole project's images",
    ],
    [
      "a scope without an image",
      { scope: { images: {} } },
      "scope must name at least one image; leave scope out to share the whole project's images",
    ],
    ["an Output that is no member", { imageUsers: { developers: later("Late") } }, 'got "Late"'],
    ["an Output that is no prefix", { scope: { familyPrefix: later("Late") } }, 'got "Late"'],
  ] as [string, Partial<ImageSharingArgs>, string][])
    it(`refuses ${what}`, async () => expect(await refusalOf(sharing(args))).to.include(reason));

  it("states what its deployer needs", () => {
    expect(ImageSharing.requirements.unknownTypes).to.deep.equal([]);
  });
});
