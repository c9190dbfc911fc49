import { readFileSync } from "node:fs";
import { expect } from "chai";
import { RENDERERS, type Report } from "../../preview";
import { bigReport, hostileReport } from "../../test/preview/report/hostile";
import { readHtml } from "../../test/preview/report/parsers";
import { fullReport } from "../../test/preview/report/support";
import { type Browser, launch, openHtml, type Opened, type Page, type PageOptions, toolFile, until } from "./browser";

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

const pageOf = (report: Report) => RENDERERS.html(report, { color: false });

describe("the HTML report in Chromium", () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const open = (report: Report, options: PageOptions = { viewport: DESKTOP }) =>
    openHtml(browser, pageOf(report), options);

  describe("of a report with everything", () => useOf(() => open(fullReport())));

  const axe = readFileSync(toolFile("axe-core/axe.min.js"), "utf8");
  for (const colorScheme of ["light", "dark"] as const)
    for (const [device, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE }))
      it(`is accessible: ${colorScheme}, ${device}`, async () => {
        const { page, troubles } = await open(fullReport(), { viewport, colorScheme });
        await page.evaluate(`for (const details of document.querySelectorAll("details")) details.open = true`);
        await page.evaluate(axe);
        const violations = await page.evaluate(
          `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))`,
        );
        expect(violations).to.deep.equal([]);
        expect(troubles).to.deep.equal([]);
        await page.close();
      });

  it("is an open document without its script", async () => {
    const { page } = await open(fullReport(), { viewport: DESKTOP, javaScriptEnabled: false });
    expect(await page.locator("#filter").isVisible()).to.equal(false);
    expect(await page.locator("#tree .name >> text=/^web-policies$/").first().isVisible()).to.equal(true);
    await page.locator("summary >> text=release").click();
    expect(await page.locator("pre >> text=immutableTags").isVisible()).to.equal(true);
    await page.close();
  });

  const reports: Record<string, () => Report> = {
    everything: fullReport,
    "10,000 resources": () => bigReport(10_000),
    "hostile names": hostileReport,
  };
  for (const [title, report] of Object.entries(reports))
    it(`fits a phone without scrolling sideways: ${title}`, async () => {
      const { page, troubles } = await open(report(), { viewport: PHONE });
      await page.evaluate(
        `for (const details of [...document.querySelectorAll("details")].slice(0, 400)) details.open = true`,
      );
      expect(await page.evaluate("document.documentElement.scrollWidth")).to.equal(PHONE.width);
      expect(troubles).to.deep.equal([]);
      await page.close();
    });

  it("finds one of 10,000 resources, and opens the way to it", async () => {
    const { page, troubles } = await open(bigReport(10_000));
    const item = `[...document.querySelectorAll("#tree summary .name")].find((name) => name.textContent === "thing-9801").closest("li")`;
    const isShown = `!${item}.parentElement.closest("details:not([open]), [hidden]")`;
    expect(await page.evaluate(isShown)).to.equal(false);
    await page.locator("#text").fill("thing-9801");
    await until(page, `document.getElementById("found").textContent === "1 of 10000"`);
    expect(await page.evaluate(isShown)).to.equal(true);
    const id = await page.evaluate(`${item}.id`);
    await page.locator(`#${String(id)} > details > summary`).click();
    await page.locator(`#${String(id)} a >> text=thing-9802`).click();
    await until(page, `document.activeElement.querySelector(".name")?.textContent === "thing-9802"`);
    expect(troubles).to.deep.equal([]);
    await page.close();
  });

  it("runs nothing of a hostile program, and holds no element of it", async () => {
    const html = pageOf(hostileReport());
    const { page, troubles } = await openHtml(browser, html, { viewport: DESKTOP });
    for (const word of ["script", "alert", ""]) await page.locator("#text").fill(word);
    await page.locator("#open-all").click();
    const count = await page.evaluate(`document.getElementsByTagName("*").length`);
    expect(count).to.equal(readHtml(html).elements.length);
    expect(await page.evaluate(`document.querySelectorAll("img, svg, iframe, [onerror], [onload]").length`)).to.equal(
      0,
    );
    expect(troubles).to.deep.equal([]);
    await page.close();
  });

  it("would load and run nothing that slipped in", async () => {
    const slipped = '<img src="https://evil.example/x.png" onerror="alert(1)"><script>alert(2)</script>';
    const html = pageOf(fullReport()).replace("</main>", `${slipped}</main>`);
    const { page, troubles } = await openHtml(browser, html, { viewport: DESKTOP });
    expect(troubles.filter((trouble) => trouble.startsWith("dialog"))).to.deep.equal([]);
    expect(troubles).to.include("failed: csp");
    expect(troubles.filter((trouble) => trouble.includes("Content Security Policy"))).to.have.lengthOf(3);
    await page.close();
  });
});

/** What a reader does with the page; whatever goes wrong on it fails the test. */
function useOf(open: () => Promise<Opened>): void {
  let opened: Opened;
  let page: Page;
  beforeEach(async () => {
    opened = await open();
    page = opened.page;
  });
  afterEach(async () => {
    expect(opened.troubles).to.deep.equal([]);
    await page.close();
  });

  const found = () => page.locator("#found").textContent();
  const names = () =>
    page.evaluate(
      `[...document.querySelectorAll("#tree li[data-type]")].filter((li) => li.checkVisibility()).map((li) => li.querySelector(".name").textContent)`,
    );
  const focused = () => page.evaluate(`document.activeElement.querySelector(".name")?.textContent`);

  it("shows the verdict and its sections", async () => {
    expect(await page.locator(".verdict").innerText()).to.match(/^Fails 4 mandatory violations/);
    expect(await page.locator("section").count()).to.equal(12);
    expect(await page.locator(".finding.mandatory").count()).to.equal(4);
  });

  it("filters by text, type and what is special", async () => {
    await page.locator("#text").fill("PULLS- dataset");
    await until(page, `document.getElementById("found").textContent === "2 of 11"`);
    expect(await names()).to.deep.equal(["shop-images-prod", "pulls", "pulls-dataset", "pulls-writer"]);
    await page.locator("#text").fill("");
    await page.locator("#type").selectOption("gcp:storage:Bucket");
    await until(page, `document.getElementById("found").textContent === "1 of 11"`);
    expect(await names()).to.deep.equal(["shop-images-prod", "web", "web-policies"]);
    await page.locator("#type").selectOption("");
    await page.locator("#flag").selectOption("violation");
    await until(page, `document.getElementById("found").textContent === "5 of 11"`);
    await page.locator("#flag").selectOption("");
    await until(page, `document.getElementById("found").textContent === ""`);
    expect(await names()).to.have.lengthOf(11);
  });

  it("follows a link from a violation into the tree, also into what is closed or filtered away", async () => {
    await page.locator("#close-all").click();
    expect(await names()).to.deep.equal(["shop-images-prod"]);
    await page.locator(".finding a[href^='#r'] >> text=web-policies").first().click();
    await until(page, `document.activeElement.tagName === "SUMMARY"`);
    expect(await focused()).to.equal("web-policies");
    expect(await page.locator("pre >> text=uniformBucketLevelAccess: false").isVisible()).to.equal(true);
    await page.locator("#text").fill("nothing has this name");
    await until(page, `document.getElementById("found").textContent === "0 of 11"`);
    await page.locator(".finding a[href^='#r'] >> text=release").first().click();
    await until(
      page,
      `document.activeElement.matches("summary") && document.activeElement.querySelector(".name").textContent === "release"`,
    );
    expect(await found()).to.equal("");
  });

  it("is used by keyboard alone", async () => {
    await page.keyboard.press("/");
    expect(await page.evaluate("document.activeElement.id")).to.equal("text");
    for (const id of ["type", "flag", "open-all", "close-all"]) {
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.id")).to.equal(id);
    }
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await focused()).to.equal("shop-images-prod");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).to.equal("release");
    await page.keyboard.press("Enter");
    expect(await page.locator("pre >> text=immutableTags").isVisible()).to.equal(true);
    await page.keyboard.press("ArrowLeft");
    expect(await page.locator("pre >> text=immutableTags").isVisible()).to.equal(false);
    await page.keyboard.press("ArrowLeft");
    expect(await focused()).to.equal("shop-images-prod");
  });

  it("expands and collapses the whole tree", async () => {
    await page.locator("#close-all").click();
    expect(await names()).to.have.lengthOf(1);
    await page.locator("#open-all").click();
    expect(await names()).to.have.lengthOf(11);
  });
}
