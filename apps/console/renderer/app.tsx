/**
 * The console's page: no server yet, nobody signed in, or all of it.
 *
 * @module
 */

import { ToastRegion } from "@postern/ui";
import { toasts } from "./calls/toasts.ts";
import { useKeyboard } from "./keys/use_keys.ts";
import { DialogHost } from "./parts/dialogs.tsx";
import { MenuHost } from "./parts/menus.tsx";
import { FirstRun } from "./shell/first_run.tsx";
import { Shell } from "./shell/shell.tsx";
import { SignInScreen } from "./shell/sign_in_screen.tsx";
import { StepUpDialog } from "./shell/step_up_dialog.tsx";
import { useTheme } from "./shell/use_theme.ts";
import { ConsoleContext, currentProfile, useToldState, whoseOf } from "./state/console_state.ts";

/** Draws the page. */
export function App() {
  const state = useToldState();
  useKeyboard();
  useTheme(state?.theme ?? null);
  if (state === null) return null;
  const profile = currentProfile(state);
  return (
    <ConsoleContext value={state}>
      {profile === undefined ? <FirstRun /> : null}
      {profile !== undefined && state.session === null ? <SignInScreen profile={profile} /> : null}
      {profile !== undefined && state.session !== null ? (
        <Shell key={whoseOf(state)} profile={profile} />
      ) : null}
      <DialogHost />
      <StepUpDialog />
      <MenuHost />
      <ToastRegion store={toasts} />
    </ConsoleContext>
  );
}
