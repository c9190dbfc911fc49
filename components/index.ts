export {
  ImageFamily,
  type ImageFamilyArgs,
  LifecycleMode,
  type LifecyclePolicyArgs,
} from "./images/imageFamily";
export { InvalidInputsError } from "./inputs";
