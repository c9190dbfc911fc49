import { type Rule } from "../rule";
import { bucketPublicAccess } from "./bucketPublicAccess";
import { bucketUniformAccess } from "./bucketUniformAccess";
import { bucketVersioning } from "./bucketVersioning";
import { buildPool } from "./buildPool";
import { callerToken } from "./callerToken";
import { deadLetters } from "./deadLetters";
import { functionHttps } from "./functionHttps";
import { functionIngress } from "./functionIngress";
import { identityProvider } from "./identityProvider";
import { instanceExternalAddress } from "./instanceExternalAddress";
import { instanceIpForwarding } from "./instanceIpForwarding";
import { instanceOsLogin } from "./instanceOsLogin";
import { instanceSecrets } from "./instanceSecrets";
import { instanceSerialPort } from "./instanceSerialPort";
import { instanceShielded } from "./instanceShielded";
import { keyRotation } from "./keyRotation";
import { noDefaultNetwork } from "./noDefaultNetwork";
import { noPublicCallers } from "./noPublicCallers";
import { ownAccount } from "./ownAccount";
import { protectedData } from "./protectedData";

/** Rules of the domain `factory`, by id. */
export const rules: readonly Rule[] = [
  bucketPublicAccess,
  bucketUniformAccess,
  bucketVersioning,
  buildPool,
  callerToken,
  deadLetters,
  functionHttps,
  functionIngress,
  identityProvider,
  instanceExternalAddress,
  instanceIpForwarding,
  instanceOsLogin,
  instanceSecrets,
  instanceSerialPort,
  instanceShielded,
  keyRotation,
  noDefaultNetwork,
  noPublicCallers,
  ownAccount,
  protectedData,
];
