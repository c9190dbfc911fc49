import { type Command } from "commander";
import { planRollforward } from "../../core/lifecycle/rollforward";
import { type ExitCode } from "../exitCode";
import { carry } from "./change";
import { type ImagesFlags, imagesSubcommand } from "./options";
import { inSession } from "./session";

/** `kiln images rollforward`: undoes the rollbacks of a family. */
export function rollforwardCommand(exit: (code: ExitCode) => void): Command {
  return imagesSubcommand("rollforward", "Undo the rollbacks of a family", { policies: true })
    .argument("<family>", "family that was rolled back")
    .action(async (family: string, flags: ImagesFlags) =>
      exit(
        await inSession(flags, async (session) => {
          const { project, images: all, host } = session.factory;
          const [{ policies }, images] = [await session.policiesIfReadable(), await all.list()];
          const policy = policies.get(family);
          return carry(session, planRollforward({ project, images, family, policy, now: host.now() }), images);
        }),
      ),
    );
}
