import Ajv from "ajv";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { type DefaultTreeAdapterTypes, parse, parseFragment } from "parse5";
import { SaxesParser, type SaxesTagPlain } from "saxes";
import sarifSchema from "./fixtures/sarif-2.1.0-rtm.5.json";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** What a parser found in a document. */
export interface Found {
  elements: Element[];
  comments: string[];
  /** Text outside of code. */
  prose: string;
  /** All text. */
  text: string;
  /** Levels of nested nodes. */
  depth: number;
}

/** Markdown as GitHub reads it, raw HTML included. */
export function readMarkdown(markdown: string): Found {
  const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  return found(parseFragment(html));
}

/** An HTML document; what a browser would have to mend is an error. */
export function readHtml(html: string): Found {
  const errors: string[] = [];
  const document = parse(html, { onParseError: ({ code, startLine }) => errors.push(`${code} at line ${startLine}`) });
  if (errors.length > 0) throw new Error(errors.slice(0, 5).join("\n"));
  return found(document);
}

/** A loop over the nodes, so that no depth exhausts the stack. */
function found(root: Node): Found {
  const result: Found = { elements: [], comments: [], prose: "", text: "", depth: 0 };
  const [texts, prose]: string[][] = [[], []];
  const pending: { node: Node; isCode: boolean; depth: number }[] = [{ node: root, isCode: false, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, isCode, depth } = next;
    result.depth = Math.max(result.depth, depth);
    if ("tagName" in node) result.elements.push(node);
    if (node.nodeName === "#comment" && "data" in node) result.comments.push(node.data);
    if (node.nodeName === "#text" && "value" in node) {
      texts.push(node.value);
      if (!isCode) prose.push(node.value);
    }
    const isCodeBelow = isCode || ["code", "pre", "style", "script"].includes(node.nodeName);
    if ("childNodes" in node)
      pending.push(
        ...[...node.childNodes].reverse().map((child) => ({ node: child, isCode: isCodeBelow, depth: depth + 1 })),
      );
  }
  return { ...result, text: texts.join(""), prose: prose.join("") };
}

/** The value of an attribute. */
export function attributeOf({ attrs }: Element, wanted: string): string | undefined {
  return attrs.find(({ name }) => name === wanted)?.value;
}

/** The text of an element and of what is in it. */
export function textOf(element: Element): string {
  return found(element).text;
}

/** The tags of an XML document in their order, with attributes and text; what is not well-formed throws. */
export function readXml(xml: string): { name: string; attributes: Record<string, string>; text: string }[] {
  const tags: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: typeof tags = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }: SaxesTagPlain) => {
    const tag = { name, attributes, text: "" };
    tags.push(tag);
    open.push(tag);
  });
  parser.on("text", (text) => {
    const tag = open.at(-1);
    if (tag) tag.text += text;
  });
  parser.on("closetag", () => void open.pop());
  parser.write(xml).close();
  return tags;
}

/** Ajv knows later drafts than the schema's, which uses nothing that they changed but the name of its id. */
const { $schema, id, ...schema } = sarifSchema as Record<string, unknown>;
void $schema;
void id;
const checkSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

interface SarifLog {
  runs: [
    {
      tool: { driver: { rules: { id: string; properties: Record<string, unknown>; helpUri?: string }[] } };
      results: SarifResult[];
      invocations: [{ toolExecutionNotifications: { message: { text: string } }[] }];
    },
  ];
}

/** What a test looks at of a result. */
export interface SarifResult {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: [
    {
      physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
      logicalLocations?: [{ name: string; fullyQualifiedName: string }];
    },
  ];
  partialFingerprints: { primaryLocationLineHash: string };
}

/** A SARIF log that its schema accepts. */
export function readSarif(text: string): SarifLog["runs"][0] {
  const log: unknown = JSON.parse(text);
  if (!checkSarif(log)) throw new Error(JSON.stringify(checkSarif.errors?.slice(0, 3)));
  return (log as SarifLog).runs[0];
}
