import * as pulumi from "@pulumi/pulumi";
import { readConfig } from "./config";
import { buildFactory } from "./factory";

const factory = buildFactory(readConfig(new pulumi.Config()));

/** Project where the images are made. */
export const projectId = factory.project.projectId;
/** Bucket that holds policies, recipes and logs. */
export const bucket = factory.project.bucketUrl;
/** What instances and templates name to boot from a family's newest image, by family. */
export const families = factory.references;
/** Where the lifecycle controller writes what it did, and what it did not. */
export const lifecycleReports = factory.controller?.reportsUrl;
/** Addresses of the repositories, by their key. */
export const repositories = factory.registry?.urls;
/** Where the mirror keeps account of what it copied. */
export const mirrorLedgers = factory.mirror?.ledgersUrl;
/** Every grant of the sharing model. */
export const grants = factory.sharing?.grants;
/** Table that the pulls of container images are logged to. */
export const pullLogs = factory.pullLogs?.table;
