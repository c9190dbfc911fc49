import { entries, type Inputs, type Value } from "../value";

/** What an access control list of Cloud Storage lets in, and where it says so. */
export interface Entity {
  path: string;
  value: Value;
}

/** Inputs of Cloud Storage's access control lists that name whom they let in. */
export const LISTS: Readonly<Record<string, (inputs: Inputs) => Entity[]>> = {
  "gcp:storage/bucketAccessControl:BucketAccessControl": oneEntity,
  "gcp:storage/defaultObjectAccessControl:DefaultObjectAccessControl": oneEntity,
  "gcp:storage/objectAccessControl:ObjectAccessControl": oneEntity,
  "gcp:storage/bucketACL:BucketACL": entityList,
  "gcp:storage/defaultObjectACL:DefaultObjectACL": entityList,
  "gcp:storage/objectACL:ObjectACL": entityList,
};

function oneEntity({ entity }: Inputs): Entity[] {
  return [{ path: "entity", value: entity }];
}

function entityList({ roleEntities, predefinedAcl, defaultAcl }: Inputs): Entity[] {
  const listed = entries(roleEntities).map((value, place): Entity => ({ path: `roleEntities[${place}]`, value }));
  return [...listed, { path: "predefinedAcl", value: predefinedAcl }, { path: "defaultAcl", value: defaultAcl }];
}
