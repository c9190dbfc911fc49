import { type GraphResource, type Report } from "../../../preview";
import { type Comparison, type Grant } from "../../../preview/compare/comparison";
import { graphOf, resourceOf } from "./support";

/** Texts that would do something, if a renderer let them. */
export const ATTACKS: string[] = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "'><svg onload=alert(1)>",
  "</style></script></pre></textarea></title><script>alert(1)</script>",
  "<!-- --> --> --!> ]]> <![CDATA[ <?xml ?> &lt;b&gt; &amp; &#60;",
  "](javascript:alert(1)) [click](https://evil.example) ![x](https://evil.example/x.png)",
  "https://evil.example www.evil.example ann@evil.example <https://evil.example>",
  "@octocat @acme/team #123 GH-123 acme/app#1 !45 ~bug %v1 :tada: 0123456789abcdef",
  "`code` ``two`` ```\n```js\nfence\n```",
  "```\n</details><b>out of the fence</b>\n```",
  "commits abcdef0123456789 and deadbeef of others",
  "| pipe \\| bar \\\\| a | b |",
  "# heading\n## second\n\n- item\n1. one\n> quote\n---\n***bold*** __b__ ~~s~~ $x$ $`y`$",
  "</details></summary><details open>",
  'end"]; click n0 "javascript:alert(1)"; subgraph x[("y")]\n%%{init: {"securityLevel": "loose"}}%%',
  '"`**md**` #quot; fa:fa-car $$x$$ :::cls --> n1 & n2',
  "\u001b[31mred\u001b[0m\u001b]0;title\u0007 \u009b31m",
  "a\u0000b\u0008c\u000bd\u007fe\u0085f\ufffeg\uffffh",
  "\u202etxt.exe\u202c \u2066x\u2069 \u200bzero\u200dwidth\ufeff \u{e0041}tag",
  "lone \ud800 and \udc00 surrogates",
  "\u2028line\u2029para\r\ncarriage\rreturn",
  "__proto__",
  "",
  " ",
  "`",
  "\\",
  "-->",
];

const HUGE = `huge ${"<b>|`@x`</b>\n".repeat(420_000)}`;

/** Every attack in every place that takes text. */
export function hostileReport(): Report {
  const resources = ATTACKS.flatMap((text, at) => [
    hostile(text, at, { parent: `urn:${(at + 1) % ATTACKS.length}` }),
    hostile(text, at + 1000, { parent: `urn:${at}` }),
  ]);
  const big = resourceOf("gcp:pubsub/topic:Topic", HUGE, { inputs: { big: HUGE, [HUGE]: 1 }, aliases: [HUGE] });
  const graph = graphOf([...resources, big], {
    project: ATTACKS[3],
    stack: ATTACKS[4],
    outputs: Object.fromEntries([...ATTACKS, HUGE].map((text) => [text, { [text]: text }])),
    diagnostics: [...ATTACKS, HUGE].map((message, at) => ({ severity: "info", message, urn: `urn:${at}` })),
    lookups: ATTACKS.map((text) => ({ token: text, args: { [text]: text }, answered: false })),
    policyPacks: ATTACKS.map((text) => ({
      name: text,
      version: text,
      policies: [
        { name: text, description: text, level: "mandatory", type: "resource", url: text, remediationSteps: text },
      ],
      violations: [
        { policy: text, level: "mandatory", message: text, urn: "urn:1" },
        { policy: text, level: "mandatory", message: HUGE, urn: text },
        { policy: `${text}2`, level: "advisory", message: text },
      ],
      unknowns: [{ policy: `${text}3`, message: text, urn: "urn:2" }],
      remediations: [
        { policy: text, urn: "urn:3", inputs: [text] },
        { policy: text, urn: text, inputs: [], problem: text },
      ],
    })),
  });
  const grants = ATTACKS.map((text): Grant => ({
    ...GRANT,
    member: text,
    role: text,
    resource: text,
    condition: text,
  }));
  return { graph, grants, comparison: hostileComparison(grants), costs: [] };
}

const GRANT: Grant = { member: "", role: "", resource: "", authoritative: true, urn: "urn:1" };

function hostile(text: string, at: number, other: Partial<GraphResource>): GraphResource {
  return resourceOf("", text, {
    ...other,
    urn: `urn:${at}`,
    type: `gcp:${text}/x:${text}`,
    custom: at % 2 === 0,
    inputs: { [text]: text, nested: { [text]: [text, { [text]: "[secret]" }] } },
    outputs: { [text]: text },
    provider: text,
    read: text,
    aliases: [text],
    dependencies: [`urn:${at - 1}`, `urn:${at}`, `urn:${at + 1}`, text],
    options: { import: text, ignoreChanges: [text] },
    change: { op: text, diffReasons: [text], replaceReasons: [text] },
  });
}

function hostileComparison(grants: Grant[]): Comparison {
  const inputs = ATTACKS.map((text) => ({ path: text, before: text, after: { [text]: text }, replaces: true }));
  return {
    summary: ATTACKS.join(" "),
    changes: (["delete", "replace", "rename", "update", "create"] as const).flatMap((kind) =>
      ATTACKS.map((text, at) => ({
        ...{ kind, urn: `urn:${at}`, type: text, name: text, oldUrn: text, inputs, options: inputs },
        ...{ losesProtection: true, holds: text, hint: text },
      })),
    ),
    unchanged: 0,
    grants: { added: grants, removed: grants, flipped: grants },
    requirements: { apis: ATTACKS, roles: ATTACKS },
    outputs: inputs,
  };
}

/** A stack of so many topics in components of a hundred, each depending on the one before. */
export function bigReport(count: number): Report {
  const stack = resourceOf("pulumi:pulumi:Stack", "big");
  const resources: GraphResource[] = [stack];
  let group = stack;
  for (let at = 0; resources.length < count; at++) {
    const last = resources[resources.length - 1];
    if (at % 100 === 0) group = resourceOf("acme:index:Group", `group-${at}`, { parent: stack.urn });
    const thing = resourceOf(at % 3 === 0 ? "gcp:storage/bucket:Bucket" : "gcp:pubsub/topic:Topic", `thing-${at}`, {
      parent: group.urn,
      inputs: { name: `thing-${at}`, labels: { team: "platform", number: String(at) }, project: "acme" },
      dependencies: [last.urn],
      protect: at % 50 === 7,
    });
    resources.push(at % 100 === 0 ? group : thing);
  }
  return { graph: graphOf(resources), grants: [] };
}

/** A chain of parents, each inside of the one before. */
export function deepReport(depth: number): Report {
  const resources = Array.from({ length: depth }, (_, at) =>
    resourceOf("acme:index:Group", `level-${at}`, {
      urn: `urn:${at}`,
      parent: at === 0 ? undefined : `urn:${at - 1}`,
    }),
  );
  return { graph: graphOf(resources), grants: [] };
}
