import { createMemoryCounters } from "@postern/server/adapters/memory_counters.ts";
import { countersContract } from "./counters_contract.ts";

countersContract("createMemoryCounters()", () => ({ counters: createMemoryCounters() }));
