import * as pulumi from "@pulumi/pulumi";
import { type GrantRecord } from "../../grants";
import { type CheckedController } from "../lifecycleControllerChecks";

/** What the parts of a controller are made with. */
export interface Declared {
  /** The controller. */
  parent: pulumi.Resource;
  /** Its logical name, with which those of its children begin. */
  name: string;
  /** Its inputs. */
  args: CheckedController;
  /** Takes down who gets what. */
  grants: GrantRecord;
}

/** A value that is known in a preview and, in an update, waits for a resource whose URN is known before it exists. */
export function after<T>(resource: pulumi.Resource, value: pulumi.Input<T>): pulumi.Output<T> {
  return pulumi.all([pulumi.output(value), resource.urn]).apply(([known]) => known) as pulumi.Output<T>;
}
