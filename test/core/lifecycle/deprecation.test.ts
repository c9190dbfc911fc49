import { expect } from "chai";
import { applied } from "../../../core/lifecycle/applied";
import { type ChangePlan } from "../../../core/lifecycle/change";
import { type DeprecationInputs, planDeprecation } from "../../../core/lifecycle/deprecation";
import { type Image, ImageState } from "../../../core/lifecycle/image";
import { prefixes } from "./families";
import { daysAgo, deprecatedImage, image, link, NOW, PROJECT } from "./samples";

const deprecate = (images: Image[], more: Partial<DeprecationInputs> = {}) =>
  planDeprecation({ project: PROJECT, images, image: "base", now: NOW, ...more });
const steps = ({ actions }: ChangePlan) => actions.map(({ kind, image }) => `${kind} ${image}`);
const child = (name: string, id: string, parent: string, more: Partial<Image> = {}) =>
  image(2, { name, id, family: name, ...more, labels: { "kiln-parent-id": parent, ...more.labels } });
const BASE = image(9, { name: "base", id: "1", family: "base" });
const FAMILY = [
  BASE,
  image(1, { name: "base-2", id: "9", family: "base" }),
  child("web", "2", "1"),
  child("app", "3", "2"),
];

describe("planDeprecation", () => {
  it("deprecates the image, and marks and tells what was made from it", () => {
    const plan = deprecate(FAMILY, { replacement: "base-2", obsoleteIn: "1d", deleteIn: "2d" });
    expect(steps(plan)).to.deep.equal(["mark web", "mark app", "deprecate base"]);
    expect(plan.actions[0].labels).to.deep.equal({ "kiln-revoked-parent": "1" });
    expect(plan.actions[2].deprecated).to.deep.equal({
      state: "DEPRECATED",
      replacement: link("base-2"),
      obsolete: daysAgo(-1),
      deleted: daysAgo(-2),
    });
    expect(plan.notes).to.deep.equal([
      "2 images were made from base; --descendants deprecates what was made from it too",
    ]);
  });

  it("deprecates descendants too, parents first, where nobody holds them and their families may be empty", () => {
    const images = [...FAMILY, child("db", "4", "1", { labels: { "kiln-hold": "audit" } })];
    expect(deprecate(images, { descendants: true }).problems).to.deep.equal([
      "app (X86_64) would have no active image any more; --allow-empty accepts that",
      "web (X86_64) would have no active image any more; --allow-empty accepts that",
    ]);
    const plan = deprecate(images, { descendants: true, allowEmpty: true, state: ImageState.Obsolete });
    expect(steps(plan)).to.deep.equal(["mark web", "mark app", "obsolete base", "obsolete web", "obsolete app"]);
    expect(plan.notes).to.deep.equal([
      "left alone: db is held: kiln-hold=audit; kiln images release db takes the hold away",
    ]);
  });

  it("takes the deprecation and the marks back", () => {
    const done = applied(FAMILY, deprecate(FAMILY).actions);
    const plan = deprecate(done, { state: ImageState.Active });
    expect(steps(plan)).to.deep.equal(["mark web", "mark app", "activate base"]);
    expect(applied(done, plan.actions)).to.deep.equal(FAMILY);
  });

  it("completes when it is run again after any of its steps, and then is done", () => {
    const options = { descendants: true, allowEmpty: true };
    const { actions } = deprecate(FAMILY, options);
    const end = applied(FAMILY, actions);
    for (const state of prefixes(FAMILY, actions))
      expect(applied(state, deprecate(state, options).actions)).to.deep.equal(end);
    expect(deprecate(end, options).actions).to.deep.equal([]);
  });

  it("marks what was made from an image that the policy deprecated before", () => {
    const superseded = deprecatedImage(9, 3, { name: "base", id: "1", family: "base" });
    expect(steps(deprecate([superseded, ...FAMILY.slice(1)]))).to.deep.equal(["mark web", "mark app"]);
  });

  const problems: Record<string, [Image[], Partial<DeprecationInputs>, string[]]> = {
    "an unknown image": [
      FAMILY,
      { image: "bse" },
      ['the project has no image "bse"; its images: app, base, base-2, web'],
    ],
    "the last active image of a family": [
      [BASE],
      {},
      ["base (X86_64) would have no active image any more; --allow-empty accepts that"],
    ],
    "a held image": [
      [{ ...BASE, labels: { "kiln-hold": "audit" } }, FAMILY[1]],
      {},
      ["base is held: kiln-hold=audit; kiln images release base takes the hold away"],
    ],
    "all that is wrong at once": [
      [{ ...BASE, status: "PENDING" }],
      { replacement: "none", obsoleteIn: "soon", deleteIn: "1y" },
      [
        '--obsolete-in must be a duration such as 30d, 12h, 1d12h or P30D, got "soon"',
        '--delete-in must be a duration such as 30d, 12h, 1d12h or P30D, got "1y"',
        "base must be READY, got PENDING",
        '--replacement: the family base has no image "none"; its images: base',
      ],
    ],
    "deletion before obsolescence": [
      FAMILY,
      { obsoleteIn: "2d", deleteIn: "1d" },
      ["--delete-in must not be before --obsolete-in (2d), got 1d"],
    ],
    "itself as its replacement": [
      FAMILY,
      { replacement: "base" },
      ["--replacement must be another image, got base itself"],
    ],
    "dates of an active image": [
      FAMILY,
      { state: ImageState.Active, deleteIn: "1d" },
      ["--state ACTIVE takes the deprecation of the image back; it goes with no date and no replacement"],
    ],
    "the state that deletes nothing": [
      FAMILY,
      { state: ImageState.Deleted },
      ["--state DELETED deletes nothing; gcloud compute images delete base --project acme-images does"],
    ],
  };
  for (const [title, [images, more, expected]] of Object.entries(problems))
    it(`refuses ${title}`, () => {
      expect(deprecate(images, more)).to.deep.include({ actions: [], problems: expected });
    });
});
