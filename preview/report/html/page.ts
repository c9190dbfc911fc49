import { createHash } from "node:crypto";
import { type Verdict } from "../verdict";
import { CLIENT } from "./client";
import { Markup, markup } from "./markup";
import { STYLE } from "./style";

/** A part of the page. */
export interface PageSection {
  /** Target of links. */
  id: string;
  title: string;
  /** How many things it is about. */
  count?: number;
  body: Markup;
}

/** What stands on the page. */
export interface Page {
  project: string;
  stack: string;
  source: string;
  verdict: Verdict;
  cards: Markup;
  sections: PageSection[];
  limits: string;
}

const VERDICT_WORDS = { fails: "Fails", warns: "Look closer", passes: "Passes" };

/** The document: style and script are allowed by their hash, and nothing else may be loaded or sent. */
export function pageOf({ project, stack, source, verdict, cards, sections, limits }: Page): string {
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(CLIENT)}'; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${project}/${stack}: kiln preview</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header>
<p class="source">kiln preview, ${source}</p>
<h1>${project} <span class="stack">${stack}</span></h1>
<p class="verdict ${verdict.outcome}"><strong>${VERDICT_WORDS[verdict.outcome]}</strong> ${verdict.policies === "" ? verdict.change : verdict.policies}</p>
${verdict.policies === "" ? undefined : markup`<p class="summary">${verdict.change}</p>`}
</header>
<nav aria-label="Sections"><ul>${sections.map(navEntry)}</ul></nav>
<main id="main">
${cards}
${sections.map(sectionOf)}
</main>
<footer><p>${limits}</p></footer>
<script>${new Markup(CLIENT)}</script>
</body>
</html>
`.text;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function navEntry({ id, title, count }: PageSection): Markup {
  return markup`<li><a href="#${id}">${title}${countOf(count)}</a></li>`;
}

function sectionOf({ id, title, count, body }: PageSection): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}${countOf(count)}</h2>
${body}
</section>
`;
}

function countOf(count: number | undefined): Markup | undefined {
  return count === undefined ? undefined : markup` <span class="count">${count}</span>`;
}
