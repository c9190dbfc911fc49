import type * as pulumi from "@pulumi/pulumi";
import { type GrantRecord } from "./grants";

/** What the parts of a component are made with, where they stand in files of their own. */
export interface DeclaredBy<Args> {
  /** The component. */
  parent: pulumi.Resource;
  /** Its logical name, with which those of its children begin. */
  name: string;
  /** Its inputs. */
  args: Args;
  /** Takes down who gets what. */
  grants: GrantRecord;
}
