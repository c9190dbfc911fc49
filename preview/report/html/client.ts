/**
 * The script of the page, in plain JavaScript: it filters the tree, follows links into closed items and moves by arrow
 * keys. It reads and hides what is in the page and never writes HTML. It is text in a module, so that esbuild, tsc and
 * tsx treat it alike without a loader; a function turned to text would differ with each of them, and so would its hash.
 */
export const CLIENT = `"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const tree = byId("tree");
  const form = byId("filter");
  const [text, type, flag, found] = ["text", "type", "flag", "found"].map(byId);
  const summaries = [...tree.querySelectorAll("summary")];
  const items = [...tree.querySelectorAll("li[data-type]")].map((li) => ({
    li,
    type: li.dataset.type,
    flags: li.dataset.flags.split(" "),
    words: (li.querySelector("summary").textContent + " " + li.querySelector(".urn").textContent).toLowerCase(),
  }));

  /** Opens everything around an element. */
  function openAround(element) {
    for (let at = element.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  }

  function filter() {
    const words = text.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
    const isOn = words.length > 0 || type.value !== "" || flag.value !== "";
    const matches = items.filter(
      (item) =>
        (type.value === "" || item.type === type.value) &&
        (flag.value === "" || item.flags.includes(flag.value)) &&
        words.every((word) => item.words.includes(word)),
    );
    const shown = new Set();
    for (const { li } of matches)
      for (let at = li; at && !shown.has(at); at = at.parentElement.closest("li[data-type]")) shown.add(at);
    for (const { li } of items) li.hidden = isOn && !shown.has(li);
    if (isOn && matches.length <= 300) for (const { li } of matches) openAround(li);
    found.textContent = isOn ? matches.length + " of " + items.length : "";
  }

  /** Shows what a link or the address points at, also inside of closed or hidden items. */
  function follow(hash) {
    const target = byId(hash.slice(1));
    if (!target || !tree.contains(target)) return;
    if (target.closest("[hidden]")) {
      form.reset();
      filter();
    }
    openAround(target.firstElementChild);
    target.scrollIntoView({ block: "start" });
    target.querySelector("summary").focus({ preventScroll: true });
  }

  /** Whether nothing around a summary is closed or hidden; the browser may not have laid it out yet. */
  function isShown(summary) {
    if (summary.closest("[hidden]")) return false;
    let around = summary.parentElement.parentElement.closest("details");
    while (around && around.open) around = around.parentElement.closest("details");
    return !around;
  }

  function step(from, by) {
    let at = summaries.indexOf(from) + by;
    while (summaries[at] && !isShown(summaries[at])) at += by;
    if (summaries[at]) summaries[at].focus();
  }

  const KEYS = {
    ArrowDown: (summary) => step(summary, 1),
    ArrowUp: (summary) => step(summary, -1),
    ArrowRight(summary) {
      if (summary.parentElement.open) step(summary, 1);
      else summary.parentElement.open = true;
    },
    ArrowLeft(summary) {
      const around = summary.parentElement.parentElement.closest("details");
      if (summary.parentElement.open) summary.parentElement.open = false;
      else if (around) around.querySelector("summary").focus();
    },
  };

  tree.addEventListener("keydown", (event) => {
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (event.target.tagName !== "SUMMARY" || !isPlain || !Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key](event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    event.preventDefault();
    text.focus();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#r"]');
    if (link) setTimeout(follow, 0, link.hash);
  });
  byId("open-all").addEventListener("click", () => {
    for (const { li } of items) if (li.querySelector("li")) li.firstElementChild.open = true;
  });
  byId("close-all").addEventListener("click", () => {
    for (const details of tree.querySelectorAll("details[open]")) details.open = false;
  });

  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 80);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  filter();
  follow(location.hash);
})();
`;
