import { PullLogs } from "pulumi-kiln";

const logs = new PullLogs("pull-logs", {
  project: "acme-logs",
  location: "EU",
  sources: {
    shop: { project: "acme-shop" },
    search: { project: "acme-search" },
    everything: { folder: "345678901234", name: "image_pulls_of_all" },
  },
  views: {
    firstParty: ["gcr.io/acme-prod"],
    egress: {
      "acme-shop/europe-west1/shop": "nat-europe",
      "acme-search/europe-west1/search": "nat-europe",
    },
  },
});

export const table = logs.table;
export const views = logs.views;
