import { type DeclaredBy } from "../../declared";
import { type CheckedController } from "../lifecycleControllerChecks";

/** What the parts of a controller are made with. */
export type Declared = DeclaredBy<CheckedController>;
