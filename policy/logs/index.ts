import { type Rule } from "../rule";
import { customerKey } from "./customerKey";
import { datasetExpiration } from "./datasetExpiration";
import { privateDataset } from "./privateDataset";
import { registryAudit } from "./registryAudit";
import { sinkWriter } from "./sinkWriter";

/** Rules of the domain `logs`, by id. */
export const rules: readonly Rule[] = [customerKey, datasetExpiration, privateDataset, registryAudit, sinkWriter];
