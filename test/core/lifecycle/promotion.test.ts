import { expect } from "chai";
import { channels } from "../../../core/lifecycle/channels";
import { DEFAULT_LIFECYCLE } from "../../../core/lifecycle/familyPolicy";
import { type Image } from "../../../core/lifecycle/image";
import { planPromotion, type PromotionInputs } from "../../../core/lifecycle/promotion";
import { deprecatedImage, image, link, PROJECT } from "./samples";

const CHANNELS = [{ name: "candidate" }, { name: "staging" }, { name: "production", restricted: true }];
const policies = new Map([
  ["web", { ...DEFAULT_LIFECYCLE, channels: CHANNELS }],
  ["db", DEFAULT_LIFECYCLE],
]);
const promote = (images: Image[], more: Partial<PromotionInputs> = {}) =>
  planPromotion({ project: PROJECT, images, family: "web", policies, ...more });
const passed = (more: Record<string, string> = {}) => ({ labels: { "kiln-tests": "passed", ...more } });
const staged = (more: Partial<Image> = {}) =>
  image(3, { name: "v3-staging", family: "web-staging", ...passed({ "kiln-channel": "staging" }), ...more });

describe("planPromotion", () => {
  it("copies what the family stands for into the first channel, with its labels and its number", () => {
    const labels = { "kiln-recipe": "web", "kiln-parent-id": "7", "kiln-approved-by": "ann" };
    expect(
      promote([image(9, passed()), image(3, { architecture: "ARM64", ...passed(labels) })]).copies[1],
    ).to.deep.equal({
      name: "v9-candidate",
      family: "web-candidate",
      sourceImage: link("v9"),
      labels: { "kiln-tests": "passed", "kiln-parent-id": "109", "kiln-channel": "candidate" },
      reason: "promoted from v9",
    });
    expect(promote([image(3, { architecture: "ARM64", ...passed(labels) })]).copies).to.deep.equal([
      {
        name: "v3-candidate",
        family: "web-candidate",
        sourceImage: link("v3"),
        architecture: "ARM64",
        labels: {
          "kiln-tests": "passed",
          "kiln-recipe": "web",
          "kiln-parent-id": "103",
          "kiln-channel": "candidate",
        },
        reason: "promoted from v3",
      },
    ]);
  });

  it("goes from the channel before the one that is named", () => {
    const candidate = image(3, { name: "v3-candidate", family: "web-candidate", ...passed() });
    expect(promote([candidate], { to: "staging" }).copies[0].name).to.equal("v3-staging");
  });

  it("writes who approves into the source, then copies it into the restricted channel", () => {
    const plan = promote([staged()], { to: "production", approveBy: "ann" });
    expect(plan.problems).to.deep.equal([]);
    expect(plan.actions.map(({ kind, image, labels }) => ({ kind, image, labels }))).to.deep.equal([
      { kind: "mark", image: "v3-staging", labels: { "kiln-approved-by": "ann" } },
    ]);
    expect(plan.copies.map(({ name, labels }) => ({ name, ...labels }))).to.deep.equal([
      { name: "v3-production", "kiln-tests": "passed", "kiln-parent-id": "103", "kiln-channel": "production" },
    ]);
  });

  it("takes the approval that the source carries", () => {
    const approved = staged(passed({ "kiln-approved-by": "ann" }));
    expect(promote([approved], { to: "production" })).to.deep.include({ actions: [], problems: [] });
  });

  it("promotes a deprecated image where somebody names it", () => {
    const images = [deprecatedImage(9, 3, passed()), image(3, passed())];
    expect(promote(images, { image: "v9" }).copies.map(({ name }) => name)).to.deep.equal(["v9-candidate"]);
  });

  it("has nothing to do where the copy is there, whatever its name", () => {
    const copy = image(1, { name: "by-hand", family: "web-candidate", labels: { "kiln-parent-id": "103" } });
    expect(promote([image(3, passed()), copy])).to.deep.equal({
      actions: [],
      copies: [],
      problems: [],
      notes: ["v3 is in candidate already, as by-hand (READY)"],
    });
    const pending = { ...copy, status: "PENDING" };
    expect(promote([image(3, passed()), pending]).notes).to.deep.equal([
      "v3 is in candidate already, as by-hand (PENDING)",
    ]);
  });

  it("gives the same name each time, and one with the source's number where it is taken or too long", () => {
    const taken = image(30, { name: "v3-candidate", family: "web-candidate", labels: { "kiln-parent-id": "9" } });
    expect(promote([image(3, passed()), taken]).copies[0].name).to.equal("v3-103-candidate");
    const long = (end: string) => image(3, { name: `${"a".repeat(61)}${end}`, ...passed() });
    const [one] = promote([long("-1")]).copies;
    expect(one.name)
      .to.equal(`${"a".repeat(49)}-103-candidate`)
      .and.have.lengthOf(63);
    expect(promote([{ ...long("-2"), id: "104" }]).copies[0].name).to.not.equal(one.name);
  });

  const problems: Record<string, [Image[], Partial<PromotionInputs>, string[]]> = {
    "a channel that does not exist": [
      [image(3, passed())],
      { to: "prod" },
      ['web has no channel "prod"; its channels: candidate, staging, production'],
    ],
    "to skip a channel": [
      [image(3, passed())],
      { from: "candidate", to: "production" },
      ['an image goes through every channel: after "candidate" comes staging, got "production"'],
    ],
    "to go on after the last channel": [
      [image(3, passed())],
      { from: "production" },
      ['"production" is the last channel of web: nothing comes after it'],
    ],
    "a family without channels": [
      [image(3, { family: "db" })],
      { family: "db" },
      ["the policy of db declares no channels; add channels to it"],
    ],
    "a family without a policy": [
      [image(3, { family: "app" })],
      { family: "app" },
      ["the policy of app declares no channels; it has no policy"],
    ],
    "a channel without images": [
      [image(3, passed())],
      { to: "production" },
      ['no image of the project is in the family "web-staging"; its families: web'],
    ],
    "an image of another channel": [
      [image(3, passed()), staged()],
      { image: "v3-staging" },
      ['the family web has no image "v3-staging"; its images: v3'],
    ],
    "a channel in which nothing is active": [
      [deprecatedImage(9, 3, passed())],
      {},
      ["no image of web is active; name one with --image"],
    ],
    "an obsolete image": [
      [image(3, { ...passed(), deprecated: { state: "OBSOLETE" } })],
      { image: "v3" },
      ['v3 must be active or deprecated, got "OBSOLETE"; choose another with --image'],
    ],
    "a copy that failed": [
      [
        image(3, passed()),
        image(1, { family: "web-candidate", status: "FAILED", labels: { "kiln-parent-id": "103" } }),
      ],
      {},
      ["the copy v1 of v3 is FAILED; delete it, then promote again"],
    ],
    "all that is wrong at once": [
      [staged({ status: "PENDING", labels: { "kiln-hold": "incident", "kiln-revoked-parent": "7" } })],
      { to: "production", image: "v3-staging" },
      [
        "v3-staging must be READY, got PENDING; wait for it, or choose another with --image",
        "v3-staging is held: kiln-hold=incident; kiln images release v3-staging takes the hold away",
        "v3-staging was made from the image 7, which was revoked; bake it anew",
        "v3-staging must have the label kiln-tests=passed, got undefined; run its tests",
        "production is restricted: v3-staging needs the label kiln-approved-by; give --approve-by NAME",
      ],
    ],
    "an approver that is no label": [
      [staged()],
      { to: "production", approveBy: "Ann Lee" },
      ['--approve-by must be 1 to 63 lower-case letters, digits, hyphens and underscores, got "Ann Lee"'],
    ],
  };
  for (const [title, [images, more, expected]] of Object.entries(problems))
    it(`refuses ${title}`, () => {
      expect(promote(images, more)).to.deep.equal({ actions: [], copies: [], problems: expected, notes: [] });
    });

  it("refuses a channel whose family would have too long a name", () => {
    const family = "w".repeat(60);
    const long = new Map([[family, { ...DEFAULT_LIFECYCLE, channels: CHANNELS }]]);
    expect(promote([image(3, { family, ...passed() })], { family, policies: long }).problems).to.deep.equal([
      `the channel's family ${family}-candidate must have at most 63 characters, got 70`,
    ]);
  });
});

describe("channels", () => {
  const wrong: [unknown, string][] = [
    ["staging", 'must be a list of channels, got "staging"'],
    [[null], "must have names of at most 30 lower-case letters, digits and hyphens, got undefined"],
    [[{ name: "Prod" }], 'must have names of at most 30 lower-case letters, digits and hyphens, got "Prod"'],
    [[{ name: "a", restricted: "yes" }], 'must have restricted as true or false, got "yes" for a'],
    [[{ name: "a", approvers: 2 }], 'must have name and restricted alone, got "approvers" for a'],
    [[{ name: "a" }, { name: "a" }], 'must have every channel once, got "a" twice'],
  ];
  for (const [value, reason] of wrong)
    it(`refuses ${JSON.stringify(value)}`, () => {
      expect(channels(value as never)).to.equal(reason);
    });

  it("accepts the usual ones", () => {
    expect(channels(CHANNELS)).to.equal(undefined);
  });
});
