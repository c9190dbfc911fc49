import { PullLogs } from "pulumi-kiln";

const logs = new PullLogs("pull-logs", {
  project: "acme-logs",
  location: "EU",
  sources: {
    shop: { project: "acme-shop" },
    search: { project: "acme-search" },
    everything: { folder: "345678901234", name: "image_pulls_of_all" },
  },
});

export const table = logs.table;
