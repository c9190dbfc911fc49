import { protobuf } from "google-gax";
import { type FieldMask, parseFieldMask, unknownPaths } from "./fieldMask";
import { type Fields, fieldAt, isFields, isFree } from "./messages";
import type { Route } from "./routes";
import { problemsOf } from "./shape";

/** A request put back together from path, query and body, and all that its descriptor does not allow. */
export interface ReadRequest {
  request: Fields;
  mask?: FieldMask;
  problems: string[];
}

/** https://docs.cloud.google.com/apis/docs/system-parameters */
const SYSTEM_PARAMETERS = ["$alt", "alt", "$prettyPrint", "prettyPrint", "$fields", "fields", "key", "quotaUser"];

export function readRequest(route: Route, url: URL, body: string, maskHeader?: string): ReadRequest {
  const request: Fields = {};
  const problems: string[] = [];
  const [, ...values] = route.path.exec(url.pathname)!;
  route.variables.forEach((name, index) => (request[name] = decodeURIComponent(values[index])));
  for (const name of new Set(url.searchParams.keys())) {
    if (SYSTEM_PARAMETERS.includes(name)) continue;
    if (name === route.body || name in request) problems.push(`${name} has its place in the path or the body`);
    else put(request, route.request, name.split("."), url.searchParams.getAll(name));
  }
  if (route.body === "*") Object.assign(request, parseBody(body, problems));
  else if (route.body) request[route.body] = parseBody(body, problems);
  else if (!isEmpty(body)) problems.push(`${route.name} takes no body`);
  const text = url.searchParams.get("fields") ?? url.searchParams.get("$fields") ?? maskHeader;
  const mask = text ? parseFieldMask(text) : undefined;
  for (const path of unknownPaths(route.response, mask ?? []))
    problems.push(`${path} of the field mask is not a field of ${route.response.name}`);
  problems.push(...problemsOf(route.request, request));
  return { request: problems.length === 0 ? withoutEmpty(route.request, request) : request, mask, problems };
}

/** Google's client sends every list and map of a message, empty where the caller named none: they say nothing. */
function withoutEmpty(type: protobuf.Type, message: Fields): Fields {
  const entries = Object.entries(message).flatMap(([name, value]): [string, unknown][] => {
    const field = type.fields[name];
    if (field.map) return Object.keys(value as Fields).length > 0 ? [[name, value]] : [];
    const { resolvedType } = field;
    if (isFree(field) || !(resolvedType instanceof protobuf.Type))
      return Array.isArray(value) && value.length === 0 ? [] : [[name, value]];
    if (!Array.isArray(value)) return [[name, withoutEmpty(resolvedType, value as Fields)]];
    return value.length > 0 ? [[name, value.map((entry) => withoutEmpty(resolvedType, entry as Fields))]] : [];
  });
  return Object.fromEntries(entries);
}

/** Google's client sends an empty message as an empty JSON string. */
const isEmpty = (body: string) => body === "" || body === '""';

function parseBody(body: string, problems: string[]): unknown {
  if (isEmpty(body)) return {};
  try {
    return JSON.parse(body);
  } catch (error) {
    problems.push(`the body is not JSON: ${(error as Error).message}`);
    return {};
  }
}

function put(request: Fields, type: protobuf.Type, path: string[], values: string[]): void {
  const field = fieldAt(type, path);
  const known = field instanceof protobuf.Field ? field : undefined;
  const converted = values.map((value) => (known ? convert(known, value) : value));
  let target = request;
  for (const name of path.slice(0, -1)) target = target[name] = isFields(target[name]) ? target[name] : {};
  target[path.at(-1)!] = known?.repeated || values.length > 1 ? converted : converted[0];
}

/** A query's text as JSON would hold it; what does not convert stays text and is found by the check of types. */
function convert(field: protobuf.Field, text: string): unknown {
  if (field.type === "bool" && /^(true|false)$/.test(text)) return text === "true";
  const number = /^(int32|uint32|double|float)$/.test(field.type) || field.resolvedType instanceof protobuf.Enum;
  return number && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
