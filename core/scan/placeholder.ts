/** `PROJECT_ID`, `<image>`, `[TAG]`, `{name}`, `%IMAGE%`, `__IMAGE__`, `@IMAGE@`, `your-project`, `...`: what a reader shall replace. */
const PLACEHOLDER =
  /^(?:[%_@]{0,2}[A-Z][A-Z0-9_-]*[%_@]{0,2}|<[^<>]*>|\[[^[\]]*\]|\{[^{}]*\}|your[-_][\w.-]*|\.\.\.|…)$/;

/** Tags that stand for one. Others may be in capital letters, as `RC1` is. */
const PLACEHOLDER_TAG = /^(?:TAG|VERSION|IMAGE_TAG|<[^<>]*>|\[[^[\]]*\])$/;

/** Most names hold nothing of the kind. */
const MAY_BE = /[A-Z<[{%@…]|__|your|\.\.\./;

/** Longer texts are no names of images. */
const MOST_CHARACTERS = 1024;

/** Whether a name is an example that readers fill in, such as `gcr.io/PROJECT_ID/app`: some whole part of it is. */
export function isPlaceholder(reference: string): boolean {
  if (reference.length > MOST_CHARACTERS || !MAY_BE.test(reference)) return false;
  const at = reference.indexOf("@", 1);
  const name = at < 0 ? reference : reference.slice(0, at);
  const slash = name.lastIndexOf("/");
  const colon = name.indexOf(":", slash + 1);
  const path = colon < 0 ? name : name.slice(0, colon);
  const tag = colon < 0 ? "" : name.slice(colon + 1);
  return PLACEHOLDER_TAG.test(tag) || path.split("/").some((part) => PLACEHOLDER.test(part));
}
