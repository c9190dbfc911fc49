import { type Rule } from "../rule";
import { customerKey } from "./customerKey";
import { deprecatedImage } from "./deprecatedImage";
import { family } from "./family";
import { labels } from "./labels";
import { lifecycleController } from "./lifecycleController";
import { lifecyclePolicy } from "./lifecyclePolicy";
import { location } from "./location";
import { pinnedImage } from "./pinnedImage";
import { publicImage } from "./publicImage";
import { retention } from "./retention";
import { trustedSources } from "./trustedSources";

/** Rules of the domain `images`, by id. */
export const rules: readonly Rule[] = [
  customerKey,
  deprecatedImage,
  family,
  labels,
  lifecycleController,
  lifecyclePolicy,
  location,
  pinnedImage,
  publicImage,
  retention,
  trustedSources,
];
