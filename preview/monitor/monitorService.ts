import { randomUUID } from "node:crypto";
import { type UntypedServiceImplementation } from "@grpc/grpc-js";
import { type Callback } from "@pulumi/pulumi/proto/callback_pb";
import { CallResponse, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import {
  type RegisterPackageRequest,
  RegisterPackageResponse,
  type RegisterResourceOutputsRequest,
  type ResourceCallRequest,
  type ResourceInvokeRequest,
  type SupportsFeatureRequest,
  SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { supportsFeature } from "./features";
import { type Judge } from "./judge";
import { type Lookups } from "./lookups";
import { packageOf } from "./packages";
import { Empty } from "./protobuf";
import { Registration } from "./registration";
import { type Resources } from "./resources";
import { unary } from "./rpc";
import { type Transforms } from "./transforms";
import { fromStruct, toStruct } from "./wire";

/** What the methods of the monitor work on. */
export interface MonitorState {
  resources: Resources;
  transforms: Transforms;
  lookups: Lookups;
  /** Folder in which the program runs. */
  directory: string;
  /** Sees every resource first. */
  judge: Judge | undefined;
}

/** Serves the resource monitor: what a program declares and asks for. */
export function monitorService(state: MonitorState): UntypedServiceImplementation {
  const registration = new Registration(state);
  return {
    supportsFeature: unary(answerFeature),
    registerResource: unary(registration.register),
    readResource: unary(registration.read),
    registerResourceOutputs: unary((request: RegisterResourceOutputsRequest) => {
      const outputs = fromStruct(request.getOutputs());
      state.resources.setOutputs(request.getUrn(), outputs);
      state.judge?.noteOutputs(request.getUrn(), outputs);
      return new Empty();
    }),
    ...lookupMethods(state),
    ...transformMethods(state.transforms),
    // Nothing is created or deleted here; hooks that ask for dry runs too are not called either.
    registerResourceHook: unary(() => new Empty()),
    registerErrorHook: unary(() => new Empty()),
    registerPackage: unary((request: RegisterPackageRequest) => {
      const response = new RegisterPackageResponse();
      response.setRef(randomUUID());
      state.resources.packages.set(response.getRef(), packageOf(request));
      return response;
    }),
    signalAndWaitForShutdown: unary(() => new Empty()),
  };
}

function answerFeature(request: SupportsFeatureRequest): SupportsFeatureResponse {
  const response = new SupportsFeatureResponse();
  response.setHassupport(supportsFeature(request.getId()));
  return response;
}

function lookupMethods({ resources, lookups, transforms, judge }: MonitorState): UntypedServiceImplementation {
  return {
    invoke: unary(async (request: ResourceInvokeRequest) => {
      const provider = resources.defaultProviderOf({
        type: request.getTok(),
        provider: request.getProvider(),
        packageRef: request.getPackageref(),
        options: { version: request.getVersion(), pluginDownloadURL: request.getPlugindownloadurl() },
      });
      if (provider) await judge?.judgeProvider(provider);
      const response = new InvokeResponse();
      const args = await transforms.applyToLookup(request.getTok(), fromStruct(request.getArgs()));
      response.setReturn(toStruct(lookups.invoke(request.getTok(), args)));
      return response;
    }),
    call: unary((request: ResourceCallRequest) => {
      const response = new CallResponse();
      response.setReturn(toStruct(lookups.invoke(request.getTok(), fromStruct(request.getArgs()))));
      return response;
    }),
  };
}

function transformMethods(transforms: Transforms): UntypedServiceImplementation {
  return {
    registerStackTransform: unary((callback: Callback) => {
      transforms.addToStack(callback);
      return new Empty();
    }),
    registerStackInvokeTransform: unary((callback: Callback) => {
      transforms.addToLookups(callback);
      return new Empty();
    }),
  };
}
