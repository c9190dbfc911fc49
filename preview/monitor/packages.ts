import { type RegisterPackageRequest } from "@pulumi/pulumi/proto/resource_pb";
import { type RegisteredPackage } from "./providers";

/** A package as the default provider is named after it: by its parameters when it has some. */
export function packageOf(request: RegisterPackageRequest): RegisteredPackage {
  const parameterization = request.getParameterization();
  return {
    name: parameterization?.getName() || request.getName(),
    version: parameterization?.getVersion() || request.getVersion(),
    pluginDownloadURL: request.getDownloadUrl(),
  };
}
