import { expect } from "chai";
import {
  apisWithServiceAgent,
  googleApisServiceAgent,
  isCreatedOnDemand,
  serviceAgentEmail,
} from "../../../core/iam/serviceAgents";

describe("service agents", () => {
  it("are named after their API and the project's number", () => {
    expect(serviceAgentEmail("artifactregistry.googleapis.com", "123456789012")).to.equal(
      "service-123456789012@gcp-sa-artifactregistry.iam.gserviceaccount.com",
    );
    expect(serviceAgentEmail("compute.googleapis.com", "123456789012")).to.equal(
      "service-123456789012@compute-system.iam.gserviceaccount.com",
    );
    expect(googleApisServiceAgent("123456789012")).to.equal("123456789012@cloudservices.gserviceaccount.com");
  });

  it("are not invented for an API without one", () => {
    expect(() => serviceAgentEmail("serviceusage.googleapis.com", "123456789012")).to.throw(
      RangeError,
      "serviceusage.googleapis.com has no service agent that Kiln knows",
    );
  });

  it("are told apart by how they come to be", () => {
    const apis = ["serviceusage.googleapis.com", "compute.googleapis.com", "artifactregistry.googleapis.com"];
    expect(apisWithServiceAgent(apis)).to.deep.equal(["compute.googleapis.com", "artifactregistry.googleapis.com"]);
    expect(apis.filter(isCreatedOnDemand)).to.deep.equal(["artifactregistry.googleapis.com"]);
  });
});
