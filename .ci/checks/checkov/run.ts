import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { TOOLS } from "../../../test/support/tools";

/** A check of Checkov's on one kind of resource. */
export interface Check {
  id: string;
  /** Terraform's name of the kind. */
  kind: string;
}

/** What a check said of one resource. */
interface Result {
  check_id: string;
  /** With a slash before it, relative to the folder that was looked at. */
  file_path: string;
  resource: string;
  resource_address?: string;
}

/** What Checkov says of a folder. */
export interface Verdict {
  failed: Result[];
  passed: Result[];
  unreadable: string[];
}

/** All checks of Google Cloud that are known for Terraform. */
export function listedChecks(): Check[] {
  const rows = checkov(["-l", "--framework", "terraform"]).split("\n").map(cellsOf);
  return rows.filter(([, , id = ""]) => /^CKV2?_GCP_[0-9]+$/.test(id)).map(([, , id, , kind]) => ({ id, kind }));
}

/** What Checkov says of the Terraform files, as JSON, in a folder and below it. */
export function verdictOn(folder: string): Verdict {
  // The framework "terraform" passes by files that end with .tf.json, without a word.
  const options = ["--framework", "terraform_json", "-o", "json", "--compact", "--skip-download"];
  const { results } = JSON.parse(checkov(["-d", folder, ...options])) as {
    results: { failed_checks: Result[]; passed_checks: Result[]; parsing_errors: string[] };
  };
  return { failed: results.failed_checks, passed: results.passed_checks, unreadable: results.parsing_errors };
}

function cellsOf(row: string): string[] {
  return row.split("|").map((cell) => cell.trim());
}

/** Checkov ends with 1 where a check failed. */
function checkov(args: string[]): string {
  const env = { ...process.env, LOG_LEVEL: "ERROR" };
  const { status, stdout, stderr, error } = spawnSync(join(TOOLS, "checkov/bin/checkov"), args, {
    encoding: "utf8",
    env,
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error) throw error;
  if (status !== 0 && status !== 1) throw new Error(`checkov ended with ${status}: ${stderr}`);
  return stdout;
}
