/**
 * What is known of a request before it is routed.
 *
 * Made in the gate, found again by the request itself: the router in between passes nothing on.
 *
 * @module
 */

import type { Caller } from "./client_address.ts";

/** Which listener took the request. */
export type Listener = "main" | "admin";

/** What is known of a request. */
export class RequestContext {
  readonly id: string;
  readonly listener: Listener;
  readonly request: Request;
  /** Milliseconds on the monotonic clock when it arrived. */
  readonly startedAt: number;
  /** Pattern of the route that took it, for metrics; never the path itself. */
  route = "unmatched";
  /** Whether an answer was made that has every header it must have. */
  isComplete = false;
  /** `Origin` header; null where it was not sent. */
  readonly origin: string | null;

  readonly #readCaller: () => Caller;
  #caller: Caller | undefined;

  constructor(
    request: Request,
    from: { readonly caller: () => Caller; readonly listener: Listener },
  ) {
    this.id = crypto.randomUUID();
    this.request = request;
    this.#readCaller = from.caller;
    this.listener = from.listener;
    this.startedAt = performance.now();
    this.origin = request.headers.get("origin");
  }

  /** Who is calling. Found out at its first use: the runtime takes longer over it than all guards of a warm request. */
  get caller(): Caller {
    this.#caller ??= this.#readCaller();
    return this.#caller;
  }

  /** User agent as sent; null where it was not. */
  get userAgent(): string | null {
    return this.request.headers.get("user-agent");
  }
}

const contexts = new WeakMap<Request, RequestContext>();

/** Remembers the context of a request for as long as the request lives. */
export function attachContext(context: RequestContext): void {
  contexts.set(context.request, context);
}

/** The context of a request that came through the gate. */
export function contextOf(request: Request): RequestContext {
  const context = contexts.get(request);
  if (context === undefined) throw new TypeError("Cannot answer a request that came past the gate");
  return context;
}
