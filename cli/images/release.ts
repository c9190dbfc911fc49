import { type Command } from "commander";
import { planRelease } from "../../core/lifecycle/hold";
import { type ExitCode } from "../exitCode";
import { carry } from "./change";
import { type ImagesFlags, imagesSubcommand } from "./options";
import { inSession } from "./session";

/** `kiln images release`: takes the hold of an image away. */
export function releaseCommand(exit: (code: ExitCode) => void): Command {
  return imagesSubcommand("release", "Take the hold of an image away")
    .argument("<image>", "image to release")
    .action(async (image: string, flags: ImagesFlags) =>
      exit(
        await inSession(flags, async (session) => {
          const images = await session.factory.images.list();
          return carry(session, planRelease(images, image), images);
        }),
      ),
    );
}
