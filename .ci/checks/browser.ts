import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { TOOLS } from "../../test/support/tools";

const BROWSER = join(TOOLS, "browser");
const FLAGS =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

/** File of a package among the tools. */
export function toolFile(path: string): string {
  return join(BROWSER, "node_modules", path);
}

/** What the checks use of playwright-core, which is not among this repository's packages. */
export interface Browser {
  newPage(options: PageOptions): Promise<Page>;
  close(): Promise<void>;
}

export interface PageOptions {
  viewport?: { width: number; height: number };
  colorScheme?: "light" | "dark";
  javaScriptEnabled?: boolean;
}

export interface Locator {
  click(): Promise<void>;
  fill(text: string): Promise<void>;
  focus(): Promise<void>;
  press(key: string): Promise<void>;
  selectOption(value: string): Promise<unknown>;
  textContent(): Promise<string | null>;
  innerText(): Promise<string>;
  isVisible(): Promise<boolean>;
  count(): Promise<number>;
  first(): Locator;
}

export interface Page {
  on(event: "console", listener: (message: { type(): string; text(): string }) => void): void;
  on(event: "pageerror", listener: (error: Error) => void): void;
  on(event: "request", listener: (request: { url(): string }) => void): void;
  on(event: "requestfailed", listener: (request: { failure(): { errorText: string } | null }) => void): void;
  on(event: "dialog", listener: (dialog: { message(): string; dismiss(): Promise<void> }) => void): void;
  goto(url: string): Promise<unknown>;
  close(): Promise<void>;
  locator(selector: string): Locator;
  keyboard: { press(key: string): Promise<void> };
  /** Runs text in the page. */
  evaluate(script: string): Promise<unknown>;
  addScriptTag(script: { path: string }): Promise<unknown>;
}

/** Debian's Chromium. */
export function launch(): Promise<Browser> {
  const { chromium } = createRequire(join(BROWSER, "package.json"))("playwright-core") as {
    chromium: { launch(options: { executablePath: string; args: string[] }): Promise<Browser> };
  };
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS.split(" ") });
}

/** A page, and everything that went wrong on it. */
export interface Opened {
  page: Page;
  /** Messages of the console, errors, dialogs and requests other than for the page itself. */
  troubles: string[];
}

/** Opens text as a file of its own. */
export async function openHtml(browser: Browser, html: string, options: PageOptions = {}): Promise<Opened> {
  const file = join(FOLDER, `${++files}.html`);
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  const page = await browser.newPage(options);
  const troubles: string[] = [];
  page.on("console", (message) => void troubles.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => void troubles.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) troubles.push(`request: ${request.url()}`);
  });
  page.on("requestfailed", (request) => void troubles.push(`failed: ${request.failure()?.errorText ?? ""}`));
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  return { page, troubles };
}

/** Waits until text that runs in the page answers true. Playwright's own way needs what the page's policy forbids. */
export async function until(page: Page, script: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if ((await page.evaluate(script)) === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never came true: ${script}`);
}

const FOLDER = mkdtempSync(join(tmpdir(), "kiln-pages-"));
let files = 0;
after(() => rmSync(FOLDER, { recursive: true, force: true }));
