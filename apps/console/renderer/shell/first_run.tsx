/**
 * The first start: which server?
 *
 * @module
 */

import { GateMark } from "@postern/ui";
import { ProfileForm } from "./profile_form.tsx";

/** Asks for the first server. */
export function FirstRun() {
  return (
    <main className="co-door">
      <div className="co-door-card">
        <span className="co-brand">
          <GateMark size={34} /> Postern
        </span>
        <h1>Which server do you run?</h1>
        <p className="pt-dim">
          The address that people see when they sign in. You sign in there with your browser; this
          window never sees your password.
        </p>
        <ProfileForm profile={null} submitLabel="Add this server" />
      </div>
    </main>
  );
}
