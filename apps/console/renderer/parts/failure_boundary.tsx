/**
 * What is left when the page itself breaks.
 *
 * @module
 */

import { Component, type ReactNode } from "react";

interface FailureBoundaryProps {
  readonly children: ReactNode;
}

/** Shows a way out in the place of what broke. */
export class FailureBoundary extends Component<
  FailureBoundaryProps,
  { readonly hasFailed: boolean }
> {
  override readonly state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <main className="co-broken">
        <h1>The console broke</h1>
        <p>
          Nothing on the server has changed by this. Begin again; if it stays, start the console
          anew.
        </p>
        <button type="button" onClick={() => location.reload()}>
          Begin again
        </button>
      </main>
    );
  }
}
