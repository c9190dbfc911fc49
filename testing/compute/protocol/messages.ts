import { protobuf } from "google-gax";

/** An object as JSON writes it; what it holds is checked against the client's descriptors, not by TypeScript. */
export type Fields = Record<string, unknown>;

const roots = new Map<string, protobuf.Root>();

/** The descriptors that a Google client ships, read once a process: they are 12 MB of JSON for Compute. */
export function descriptorsOf(client: `@google-cloud/${string}`): protobuf.Root {
  const known = roots.get(client);
  if (known) return known;
  const root = protobuf.loadSync(require.resolve(`${client}/build/protos/protos.json`));
  roots.set(client, root);
  return root;
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `image_resource` as the descriptors of JavaScript clients name it: `imageResource`. */
export const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

export const pascalCase = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/**
 * What a path of field names ends at: a field, `"open"` inside maps and free structures, or undefined where a name is no
 * field. `*` stands for every field.
 */
export function fieldAt(type: protobuf.Type, path: string[]): protobuf.Field | "open" | undefined {
  const [name, ...rest] = path;
  if (name === "*") return "open";
  const field = name === undefined ? undefined : type.fields[name]?.resolve();
  if (!field || rest.length === 0) return field;
  if (field.map || isFree(field)) return "open";
  return field.resolvedType instanceof protobuf.Type ? fieldAt(field.resolvedType, rest) : undefined;
}

/** Google's own wrappers have a JSON form of their own: times and masks are strings, structures anything. */
export const isFree = (field: protobuf.Field) => field.resolvedType?.fullName.startsWith(".google.protobuf.") ?? false;
