import * as pulumi from "@pulumi/pulumi";
import { Account } from "@pulumi/gcp/serviceaccount";
import { accountEmail } from "../core/iam/accounts";
import { after, madeOf } from "./inputs";

/** A service account that was made for one thing. */
export interface OwnAccount {
  /** The account. */
  account: Account;
  /** Its e-mail. */
  email: pulumi.Output<string>;
  /** The same as a member of IAM policies. */
  member: pulumi.Output<string>;
}

/** What an account is made of. */
interface OwnAccountArgs {
  /** Project that holds it. */
  project: pulumi.Input<string>;
  /** What stands before the @ of its e-mail. */
  accountId: pulumi.Input<string>;
  /** What it is, for people. */
  displayName: string;
  /** What it does, for people. */
  description: string;
}

/** Makes an account, whose e-mail is known before it is there. */
export function createOwnAccount(parent: pulumi.Resource, name: string, args: OwnAccountArgs): OwnAccount {
  const account = new Account(name, { ...args }, { parent });
  const { accountId, project } = args;
  const email = after(
    account,
    madeOf({ accountId, project }, (known) => accountEmail(known.accountId, known.project)),
  );
  return { account, email, member: pulumi.interpolate`serviceAccount:${email}` };
}
