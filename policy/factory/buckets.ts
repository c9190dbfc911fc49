/** Type of a bucket of Cloud Storage. */
export const BUCKET = "gcp:storage/bucket:Bucket";
