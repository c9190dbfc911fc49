import { type Command } from "commander";
import { planPromotion } from "../../core/lifecycle/promotion";
import { type ExitCode } from "../exitCode";
import { carry } from "./change";
import { type ImagesFlags, imagesSubcommand } from "./options";
import { inSession } from "./session";

interface PromoteFlags extends ImagesFlags {
  to?: string;
  from?: string;
  image?: string;
  approveBy?: string;
}

/** `kiln images promote`: copies an image into the next channel of its family. */
export function promoteCommand(exit: (code: ExitCode) => void): Command {
  return imagesSubcommand("promote", "Copy an image into the next channel of its family", { policies: true })
    .argument("<family>", "family whose policy declares the channels")
    .option("--to <channel>", "channel to promote to (default: the one after --from)")
    .option("--from <channel>", "channel to promote from (default: the one before --to, or the family itself)")
    .option("--image <image>", "image to promote (default: what the channel stands for)")
    .option("--approve-by <name>", "approve of it, as a restricted channel needs")
    .action(async (family: string, { to, from, image, approveBy, ...flags }: PromoteFlags) =>
      exit(
        await inSession(flags, async (session) => {
          const { project, images: all } = session.factory;
          const [{ policies }, images] = [await session.policies(), await all.list()];
          const inputs = { project, images, family, policies, to, from, image, approveBy };
          return carry(session, planPromotion(inputs), images);
        }),
      ),
    );
}
