/**
 * Catches what went wrong while drawing: a chunk that did not load, or a bug.
 *
 * @module
 */

import { Component, type ReactNode } from "react";
import { FailurePage } from "../layout/failure_page.tsx";

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

  override render(): ReactNode {
    const { error } = this.state;
    return error === undefined ? this.props.children : <FailurePage error={error} />;
  }
}
