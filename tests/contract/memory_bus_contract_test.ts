import { createMemoryBus } from "@postern/server/adapters/memory_bus.ts";
import { busContract } from "./bus_contract.ts";

busContract("createMemoryBus()", async () => createMemoryBus());
