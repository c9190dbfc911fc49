export { ContainerRegistry, RemoteUpstream, Runtime } from "./containers/containerRegistry";
export {
  type CleanupArgs,
  type ContainerRegistryArgs,
  type ContainerRepositoryArgs,
  type RemoteRepositoryArgs,
  type RuntimeReaderArgs,
  type TaggedCleanupArgs,
  type UpstreamCredentialsArgs,
  type VirtualRepositoryArgs,
  VulnerabilityScanning,
} from "./containers/containerRegistryArgs";
export { ImageProject, type ImageProjectArgs, type ImageProjectCreationArgs } from "./foundation/imageProject";
export {
  type ConsumerProjectArgs,
  type Grant,
  ImageSharing,
  type ImageSharingArgs,
  type ImageSharingScopeArgs,
} from "./foundation/imageSharing";
export { TrustedImagePreset, TrustedImages, type TrustedImagesArgs } from "./foundation/trustedImages";
export { ImageFamily, LifecycleMode } from "./images/imageFamily";
export { type ImageChannelArgs, type ImageFamilyArgs, type LifecyclePolicyArgs } from "./images/imageFamilyArgs";
export { LifecycleController } from "./images/lifecycleController";
export {
  type AssetScopeArgs,
  type LifecycleControllerArgs,
  type ProjectPolicyArgs,
} from "./images/lifecycleControllerArgs";
export { InvalidInputsError } from "./inputs";
export { ImageMirror, MirrorUpdate } from "./migration/imageMirror";
export { type ImageMirrorArgs, type MirrorEgressArgs } from "./migration/imageMirrorArgs";
export { PullLogs } from "./migration/pullLogs";
export { type PullLogsArgs, type PullLogSourceArgs } from "./migration/pullLogsArgs";
export { type PullLogViewsArgs } from "./migration/pullLogViews";
