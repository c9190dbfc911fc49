import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const KEY = "projects/acme-keys/locations/eu/keyRings/images/cryptoKeys/images";

const image = (imageEncryptionKey: Inputs[string]): CaseResource => ({
  type: "gcp:compute/image:Image",
  inputs: { family: "web", sourceDisk: "web-build", imageEncryptionKey },
});
const template = (...disks: Inputs[]): CaseResource => ({
  type: "gcp:compute/instanceTemplate:InstanceTemplate",
  inputs: { machineType: "e2-small", disks },
});

const SAYS = "This is encrypted with a key that is not yours";

export const cases: RuleCases = {
  good: [
    { title: "an image with a key", resources: [image({ kmsKeySelfLink: KEY })] },
    {
      title: "a bucket and a template with a key",
      resources: [
        { type: "gcp:storage/bucket:Bucket", inputs: { location: "EU", encryption: { defaultKmsKeyName: KEY } } },
        template({ sourceImage: "web", diskEncryptionKey: { kmsKeySelfLink: KEY } }, { type: "SCRATCH" }),
      ],
    },
    {
      title: "an instance from a disk that exists",
      resources: [{ type: "gcp:compute/instance:Instance", inputs: { bootDisk: { source: "web" } } }],
    },
  ],
  bad: [
    { title: "an image without one", resources: [image({})], says: [`imageEncryptionKey.kmsKeySelfLink ${SAYS}`] },
    {
      title: "a disk, a snapshot, an instance and a bucket without one",
      resources: [
        { type: "gcp:compute/disk:Disk", inputs: { image: "web" } },
        { type: "gcp:compute/snapshot:Snapshot", inputs: { sourceDisk: "web" } },
        { type: "gcp:compute/instance:Instance", inputs: { bootDisk: { initializeParams: { image: "web" } } } },
        { type: "gcp:storage/bucket:Bucket", inputs: { location: "EU" } },
      ],
      says: ["diskEncryptionKey", "snapshotEncryptionKey", "bootDisk.kmsKeySelfLink", "encryption.defaultKmsKeyName"],
    },
    {
      title: "the second disk of a template",
      resources: [template({ diskEncryptionKey: { kmsKeySelfLink: KEY } }, { sourceImage: "web" })],
      says: [`disks[1].diskEncryptionKey.kmsKeySelfLink ${SAYS}`],
    },
  ],
  unknown: [
    { title: "the key", resources: [image({ kmsKeySelfLink: UNKNOWN })] },
    { title: "the block", resources: [image(UNKNOWN)] },
  ],
  secret: [{ title: "a secret key of one's own", resources: [image({ rawKey: secretValue("hunter2") })], config: {} }],
  absent: [{ title: "no key", resources: [image(undefined)], says: [SAYS] }],
};
