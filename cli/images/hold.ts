import { type Command } from "commander";
import { planHold } from "../../core/lifecycle/hold";
import { type ExitCode } from "../exitCode";
import { carry } from "./change";
import { type ImagesFlags, imagesSubcommand } from "./options";
import { inSession } from "./session";

/** `kiln images hold`: nobody acts on an image until it is released. */
export function holdCommand(exit: (code: ExitCode) => void): Command {
  return imagesSubcommand("hold", "Keep an image from everybody who would act on it")
    .argument("<image>", "image to hold")
    .option("--reason <reason>", "why, as the value of the label kiln-hold", "by-hand")
    .action(async (image: string, flags: ImagesFlags & { reason: string }) =>
      exit(
        await inSession(flags, async (session) => {
          const images = await session.factory.images.list();
          return carry(session, planHold(images, image, flags.reason), images);
        }),
      ),
    );
}
