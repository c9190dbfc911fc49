import { type Command } from "commander";
import { planRollback } from "../../core/lifecycle/rollback";
import { type ExitCode } from "../exitCode";
import { carry } from "./change";
import { type ImagesFlags, imagesSubcommand } from "./options";
import { inSession } from "./session";

/** `kiln images rollback`: the family stands for an older image again. */
export function rollbackCommand(exit: (code: ExitCode) => void): Command {
  return imagesSubcommand("rollback", "Make a family stand for an older image; it is at no moment empty")
    .argument("<family>", "family to roll back")
    .option("--to <image>", "image that the family shall stand for (default: the newest usable one before)")
    .action(async (family: string, flags: ImagesFlags & { to?: string }) =>
      exit(
        await inSession(flags, async (session) => {
          const images = await session.factory.images.list();
          return carry(session, planRollback({ project: flags.project, images, family, to: flags.to }), images);
        }),
      ),
    );
}
