/** Loopback fakes of Google APIs for tests, demos and measurements in this repository; no part of the package. */
export { type ComputeFake, type ComputeOptions, startCompute } from "./fake";
export { type AssetsFake, type AssetsOptions, startAssets } from "./assets/fake";
export type { Call, CallListener, NeededPermission } from "./protocol/calls";
export { type Fault, FaultKind, faults, type Injection } from "./protocol/faults";
export type { Resource } from "./state/store";
