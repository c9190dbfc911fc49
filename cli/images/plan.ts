import { type Command } from "commander";
import { type LifecyclePlan } from "../../core/lifecycle/action";
import { LifecycleMode } from "../../core/lifecycle/familyPolicy";
import { type Observed } from "../../agent/observe";
import { loadAgent } from "../agent";
import { ExitCode } from "../exitCode";
import { type ImagesFlags, imagesSubcommand } from "./options";
import { counted, json, safe, table } from "./print";
import { inSession, print, type Session, tell } from "./session";
import { policyProblemText } from "../../core/lifecycle/readPolicy";

/** `kiln images plan`: what enforce would do. */
export function planCommand(exit: (code: ExitCode) => void): Command {
  return imagesSubcommand("plan", "Print what enforce would do, and why", { policies: true, usage: true }).action(
    async (flags: ImagesFlags) =>
      exit(
        await inSession(flags, async (session) => {
          const { plan, policies, usage } = await looked(session);
          const { problems } = policies;
          print(flags.format === "json" ? json({ ...plan, problems, unread: usage.unread }) : planText(plan));
          return problems.length > 0 ? ExitCode.Failed : ExitCode.Ok;
        }),
      ),
  );
}

/** Looks at the factory, and tells what is wrong with policies and what could not be looked at. */
export async function looked({ factory }: Session): Promise<Observed> {
  const { observe } = await loadAgent();
  const observed = await observe(factory);
  for (const problem of observed.policies.problems) tell(`policy: ${safe(policyProblemText(problem))}`);
  for (const unread of observed.usage.unread) tell(`note: not looked at: ${safe(unread)}`);
  return observed;
}

/** A plan as tables of what is done and of what is not. */
export function planText({ actions, refusals }: LifecyclePlan): string {
  const done = actions.map(({ kind, family = "-", image, mode, reason }) => [
    mode === LifecycleMode.Report ? `${kind} (only reported)` : kind,
    ...[family, image, reason],
  ]);
  const kept = refusals.map(({ wanted = "?", family = "-", image, rule, reason }) => [
    wanted,
    family,
    image,
    rule,
    reason,
  ]);
  const parts = [
    actions.length > 0 ? table(["ACTION", "FAMILY", "IMAGE", "WHY"], done) : "nothing is to be done\n",
    ...(refusals.length > 0
      ? [
          `${counted(refusals.length, "change")} due and not made:\n${table(["WANTED", "FAMILY", "IMAGE", "RULE", "WHY"], kept)}`,
        ]
      : []),
  ];
  return parts.join("\n");
}
