import * as pulumi from "@pulumi/pulumi";
import { type Grant, sortedGrants } from "../core/iam/grants";
import { madeOf } from "./inputs";

/** The inputs of an IAM member that say who gets what. */
interface Granted {
  /** Role, as `roles/…`, or as `projects/P/roles/…` where it is one of a project's own. */
  role: pulumi.Input<string>;
  /** Member, with its prefix. */
  member: pulumi.Input<string>;
  /** What has to be true besides. */
  condition?: { expression: pulumi.Input<string> };
}

/** Keeps what a component grants, to tell it as data. */
export class GrantRecord {
  readonly #grants: { [Field in keyof Grant]: pulumi.Input<Grant[Field]> }[] = [];

  /** Takes a grant down and hands the inputs of its IAM member back. */
  on<T extends Granted>(resource: pulumi.Input<string>, granted: T): T {
    const { role, member, condition } = granted;
    this.#grants.push({ member, resource, role, ...(condition && { condition: condition.expression }) });
    return granted;
  }

  /** What has been granted so far, in an order that does not depend on that of the inputs. */
  told(): pulumi.Output<Grant[]> {
    return pulumi.output(madeOf(this.#grants, (grants) => sortedGrants(grants as Grant[])));
  }
}
