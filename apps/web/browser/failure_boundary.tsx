/**
 * Catches what went wrong while drawing: a chunk that did not load, or a bug.
 *
 * @module
 */

import { Component, type ReactNode } from "react";
import { FailurePage } from "../layout/failure_page.tsx";
import { watchAddress } from "./location_store.ts";
import { forgetFailures } from "./page_modules.ts";

interface FailureBoundaryProps {
  readonly children: ReactNode;
}

interface FailureBoundaryState {
  readonly error: Error | undefined;
}

/** React offers this as a class alone. */
export class FailureBoundary extends Component<FailureBoundaryProps, FailureBoundaryState> {
  override state: FailureBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): FailureBoundaryState {
    return { error: error instanceof Error ? error : new Error("Cannot draw the page") };
  }

  #stopWatching: (() => void) | undefined;

  /** Going elsewhere is a new try. */
  override componentDidMount(): void {
    this.#stopWatching = watchAddress(() => {
      if (this.state.error === undefined) return;
      forgetFailures();
      this.setState({ error: undefined });
    });
  }

  override componentWillUnmount(): void {
    this.#stopWatching?.();
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === undefined ? this.props.children : <FailurePage error={error} />;
  }
}
