import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { asObject, SIGNATURE, signatureOf, Special, type Wire, type WireObject } from "./wire";

/** An asset with its hash, as the engine answers it. What is behind a URI is not fetched: it has none. */
export async function settleAsset(asset: WireObject, directory: string): Promise<WireObject> {
  const hash = await assetHash(asset, directory);
  return { [SIGNATURE]: Special.Asset, ...(hash ? { hash } : {}), ...pick(asset, ["text", "path", "uri"]) };
}

/** An archive with a hash of its content; the engine's own hash is that of a tar file, which is not made here. */
export async function settleArchive(archive: WireObject, directory: string): Promise<WireObject> {
  const members = asObject(archive.assets);
  const assets = members && (await settleMembers(members, directory));
  const hash = assets ? hashOf(JSON.stringify(sorted(assets))) : await pathHash(archive.path, directory, "archive");
  return {
    [SIGNATURE]: Special.Archive,
    ...(hash ? { hash } : {}),
    ...(assets ? { assets } : pick(archive, ["path", "uri"])),
  };
}

async function settleMembers(members: WireObject, directory: string): Promise<WireObject> {
  const settled: [string, Wire][] = [];
  for (const [name, member] of Object.entries(members)) {
    const object = asObject(member) ?? {};
    const settle = signatureOf(object) === Special.Archive ? settleArchive : settleAsset;
    settled.push([name, await settle(object, directory)]);
  }
  return Object.fromEntries(settled);
}

async function assetHash(asset: WireObject, directory: string): Promise<string | undefined> {
  if (typeof asset.text === "string") return hashOf(asset.text);
  return pathHash(asset.path, directory, "asset");
}

async function pathHash(path: Wire | undefined, directory: string, kind: string): Promise<string | undefined> {
  if (typeof path !== "string" || path === "") return undefined;
  try {
    return await contentHash(resolve(directory, path));
  } catch (error) {
    throw new Error(
      `failed to compute ${kind} hash: failed to open ${kind} file '${path}': ${(error as Error).message}`,
    );
  }
}

async function contentHash(path: string): Promise<string> {
  const found = await stat(path);
  if (found.isDirectory()) {
    const names = (await readdir(path)).sort();
    const hashes: string[] = [];
    for (const name of names) hashes.push(`${name} ${await contentHash(join(path, name))}`);
    return hashOf(hashes.join("\n"));
  }
  // A pipe or a device may never end.
  if (!found.isFile()) throw new Error("not a file");
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function sorted(object: WireObject): [string, Wire][] {
  return Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
}

function pick(object: WireObject, keys: string[]): WireObject {
  return Object.fromEntries(keys.filter((key) => key in object).map((key) => [key, object[key]]));
}
