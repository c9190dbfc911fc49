import { expect } from "chai";
import fc from "fast-check";
import { descendantsOf } from "../../../core/lifecycle/descendants";
import { type Image } from "../../../core/lifecycle/image";
import { image } from "./samples";

const made = (name: string, id: string, parent?: string, family = "web") =>
  image(1, { name, id, family, labels: parent === undefined ? {} : { "kiln-parent-id": parent } });
const names = (images: Image[], id: string) =>
  descendantsOf(images, { id }).map(({ image, generation }) => `${generation} ${image.name}`);

describe("descendantsOf", () => {
  it("follows kiln-parent-id across the families, parents before children", () => {
    const images = [
      made("app", "3", "2", "app"),
      made("base", "1"),
      made("web", "2", "1"),
      made("db", "4", "1", "db"),
      made("other", "5", "9"),
    ];
    expect(names(images, "1")).to.deep.equal(["1 db", "1 web", "2 app"]);
    expect(names(images, "5")).to.deep.equal([]);
  });

  it("ends where images descend from each other or from themselves", () => {
    const images = [made("a", "1", "2"), made("b", "2", "1"), made("c", "3", "3")];
    expect(names(images, "1")).to.deep.equal(["1 b"]);
    expect(names(images, "3")).to.deep.equal([]);
  });

  it("needs no parent that is still there", () => {
    expect(names([made("b", "2", "1")], "1")).to.deep.equal(["1 b"]);
    expect(names([made("c", "3", "2")], "1")).to.deep.equal([]);
  });

  it("tells every descendant once, after its parent, however the images refer to each other", () => {
    const id = fc.integer({ min: 0, max: 9 }).map(String);
    fc.assert(
      fc.property(fc.array(fc.option(id, { nil: undefined }), { maxLength: 10 }), (parents) => {
        const images = parents.map((parent, index) => made(`i${index}`, String(index), parent));
        const found = descendantsOf(images, { id: "0" }).map((one) => one.image);
        expect(new Set(found).size).to.equal(found.length);
        for (const [index, { labels = {} }] of found.entries())
          expect(["0", ...found.slice(0, index).map((one) => one.id)]).to.include(labels["kiln-parent-id"]);
      }),
    );
  });
});
