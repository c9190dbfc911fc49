import { type Comparison, type InputChange, type ResourceChange } from "../../compare/comparison";
import { beforeAfter, changeWord, creations, tellingChanges } from "../changes";
import { type Section } from "./budget";
import { code, prose } from "./code";
import { typeAndName } from "./resources";

const MOST_VALUE = 160;
const MOST_PATH = 200;

/** Inputs of one resource; a change of more is read elsewhere. */
const MOST_INPUTS = 30;

/** What a change does to what is there, the gravest first, input by input. */
export function changeSection(comparison: Comparison): Section {
  const outputs = comparison.outputs.map((change) => `- output ${inputText(change)}`);
  const rows = [...tellingChanges(comparison).map(resourceBlock), ...outputs];
  return { title: "What this changes", isOpen: true, rank: 2, head: [], rows, tail: [] };
}

/** What is only new. */
export function creationSection(comparison: Comparison): Section {
  const rows = creations(comparison).map((change) => `- ${typeAndName(change)}`);
  return { title: "New resources", isOpen: false, rank: 11, head: [], rows, tail: [] };
}

function resourceBlock(change: ResourceChange): string {
  const { inputs, options, holds, hint, oldUrn } = change;
  const differing = [...options.map(optionText), ...inputs.map(inputText)];
  const notes = [
    ...(holds === undefined ? [] : [prose(holds, MOST_PATH)]),
    ...(oldUrn === undefined ? [] : [`was ${code(oldUrn)}`]),
  ];
  const head = `- **${changeWord(change)}** ${typeAndName(change)}${notes.length > 0 ? `: ${notes.join("; ")}` : ""}`;
  const more = differing.length - MOST_INPUTS;
  return [
    head,
    ...differing.slice(0, MOST_INPUTS).map((line) => `  - ${line}`),
    ...(more > 0 ? [`  - ${more} more inputs`] : []),
    ...(hint === undefined ? [] : [`  - to do: ${prose(hint, 400)}`]),
  ].join("\n");
}

function optionText(change: InputChange): string {
  return `option ${inputText(change)}`;
}

function inputText(change: InputChange): string {
  const { before, after } = beforeAfter(change, MOST_VALUE);
  const [old, now] = [before, after].map((text) => (text === undefined ? "" : code(text, MOST_VALUE + 2)));
  const difference =
    before === undefined ? `added, ${now}` : after === undefined ? `removed, was ${old}` : `${old} → ${now}`;
  return `${code(change.path, MOST_PATH)}: ${difference}${change.replaces ? " **(replaces)**" : ""}`;
}
