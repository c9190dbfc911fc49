import type { RunOptions } from "./types";

/** A number such as Google assigns to projects; the same in every run. */
const PROJECT_NUMBER = "123456789012";

/** What Google computes for the types whose outputs Kiln's components read. */
export const COMPUTED: Required<RunOptions>["computed"] = {
  "gcp:organizations/project:Project": () => ({ number: PROJECT_NUMBER }),
  "gcp:logging/projectSink:ProjectSink": ({ name }) => ({ writerIdentity: writerIdentity(name) }),
  "gcp:logging/folderSink:FolderSink": ({ name }) => ({ writerIdentity: writerIdentity(name) }),
  "gcp:logging/organizationSink:OrganizationSink": ({ name }) => ({ writerIdentity: writerIdentity(name) }),
};

/** Answers to the look-ups that Kiln's components make by themselves. */
export const ANSWERS: Required<RunOptions>["answers"] = {
  "gcp:bigquery/getDefaultServiceAccount:getDefaultServiceAccount": ({ project }) => ({
    project,
    email: `bq-${PROJECT_NUMBER}@bigquery-encryption.iam.gserviceaccount.com`,
  }),
  "gcp:organizations/getProject:getProject": ({ projectId }) => ({ projectId, number: PROJECT_NUMBER }),
};

function writerIdentity(sink: string): string {
  return `serviceAccount:${sink}@gcp-sa-logging.iam.gserviceaccount.com`;
}
