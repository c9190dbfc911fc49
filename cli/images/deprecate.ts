import { type Command, Option } from "commander";
import { planDeprecation } from "../../core/lifecycle/deprecation";
import { descendantsOf } from "../../core/lifecycle/descendants";
import { type Image, ImageState } from "../../core/lifecycle/image";
import { type ExitCode } from "../exitCode";
import { carry } from "./change";
import { type ImagesFlags, imagesSubcommand } from "./options";
import { table } from "./print";
import { inSession, tell } from "./session";

interface DeprecateFlags extends ImagesFlags {
  state: ImageState;
  replacement?: string;
  obsoleteIn?: string;
  deleteIn?: string;
  descendants?: boolean;
  allowEmpty?: boolean;
}

/** `kiln images deprecate`: revokes an image, and marks what was made from it. */
export function deprecateCommand(exit: (code: ExitCode) => void): Command {
  return imagesSubcommand("deprecate", "Revoke an image, and mark what was made from it")
    .argument("<image>", "image to revoke")
    .addOption(
      new Option("--state <state>", "state to give it; ACTIVE takes it back")
        .choices([ImageState.Deprecated, ImageState.Obsolete, ImageState.Active])
        .default(ImageState.Deprecated),
    )
    .option("--replacement <image>", "image to use instead")
    .option("--obsolete-in <duration>", "make it obsolete after this time, such as 30d")
    .option("--delete-in <duration>", "delete it after this time, such as 90d")
    .option("--descendants", "deprecate what was made from it too")
    .option("--allow-empty", "accept that families have no active image afterwards")
    .action(async (image: string, flags: DeprecateFlags) =>
      exit(
        await inSession(flags, async (session) => {
          const { project, images: all, host } = session.factory;
          const images = await all.list();
          tellDescendants(images, image);
          const { state, replacement, obsoleteIn, deleteIn, descendants, allowEmpty } = flags;
          const asked = { state, replacement, obsoleteIn, deleteIn, descendants, allowEmpty };
          return carry(session, planDeprecation({ project, images, image, ...asked, now: host.now() }), images);
        }),
      ),
    );
}

function tellDescendants(images: readonly Image[], name: string): void {
  const image = images.find((one) => one.name === name);
  const descendants = image ? descendantsOf(images, image) : [];
  if (descendants.length === 0) return;
  const rows = descendants.map(({ image, generation }) => [String(generation), image.family ?? "", image.name]);
  tell(table(["GENERATION", "FAMILY", "MADE FROM IT"], rows).trimEnd());
}
