/**
 * One user: who it is, what can be done, identities, sessions, and the newest events.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../calls/api.ts";
import type { UserDetail } from "../../calls/shapes.ts";
import { MissingPanel } from "../../parts/missing_panel.tsx";
import { Fact, SidePanel } from "../../parts/side_panel.tsx";
import { Tag } from "../../parts/tag.tsx";
import { TimeText } from "../../parts/time_text.tsx";
import { placeOf } from "../../route/address.ts";
import { useConsole } from "../../state/console_state.ts";
import { hindranceOf } from "../../state/use_may.ts";
import type { DetailProps } from "../../table/list_spec.ts";
import { unblockUser } from "./user_acts.ts";
import { StateTag } from "./user_columns.tsx";
import { openBlockUser, openSetRole, openSignOutUser } from "./user_dialogs.tsx";
import { UserEvents } from "./user_events.tsx";
import { blockHindrance } from "./user_items.ts";
import { UserSessions } from "./user_sessions.tsx";

/** Draws the panel. */
export function UserPanel({ id, onClose }: DetailProps) {
  const {
    data: user,
    error,
    refetch,
  } = useQuery({
    queryKey: ["users", "one", id],
    queryFn: () => api.users.get.query({ id }),
  });
  return (
    <SidePanel
      title={user?.username ?? "User"}
      label="User"
      place={placeOf("users", "", id)}
      onClose={onClose}
    >
      {error !== null && user === undefined ? (
        <MissingPanel
          error={error}
          noun="user"
          words="It was deleted, or never there. Events about it are kept: look for its name there."
          onRetry={refetch}
        />
      ) : null}
      {user === undefined ? null : <UserBody user={user} />}
    </SidePanel>
  );
}

function UserBody({ user }: { readonly user: UserDetail }) {
  return (
    <>
      <dl className="co-facts">
        <Fact name="Email">
          {user.email} {user.email_verified ? null : <Tag tone="warning">unverified</Tag>}
        </Fact>
        <Fact name="State">
          <StateTag state={user.state} />
        </Fact>
        {user.state === "blocked" ? <BlockFacts user={user} /> : null}
        {user.name === null ? null : <Fact name="Name">{user.name}</Fact>}
        <Fact name="Role">{user.role ?? "none"}</Fact>
        <Fact name="Since">
          <TimeText at={user.created_at} form="both" />
        </Fact>
        <Fact name="Id">
          <span className="pt-mono">{user.id}</span>
        </Fact>
      </dl>
      <UserButtons user={user} />
      <section className="co-panel-part">
        <h3>Ways in</h3>
        <ul className="co-ways">
          <li>
            {user.has_password ? "A password" : "No password"}{" "}
            {user.must_change_password ? <Tag tone="warning">to be changed</Tag> : null}
          </li>
          {user.identities.map((identity) => (
            <li key={identity.id}>
              {identity.provider} <span className="pt-dim">{identity.label}</span>
            </li>
          ))}
        </ul>
      </section>
      <UserSessions user={user} />
      <UserEvents username={user.username} />
    </>
  );
}

function BlockFacts({ user }: { readonly user: UserDetail }) {
  return (
    <>
      <Fact name="Because">{user.block_reason ?? "no reason was given"}</Fact>
      <Fact name="Until">
        {user.blocked_until === null ? (
          "somebody takes it back"
        ) : (
          <TimeText at={user.blocked_until} form="both" />
        )}
      </Fact>
    </>
  );
}

function UserButtons({ user }: { readonly user: UserDetail }) {
  const state = useConsole();
  const blocking = blockHindrance(user, state);
  const signingOut = hindranceOf(state, "users.sign_out");
  const role = hindranceOf(state, "users.set_role");
  return (
    <div className="co-panel-acts">
      {user.state === "blocked" ? (
        <Button
          size="sm"
          disabled={blocking !== null}
          title={blocking ?? undefined}
          onClick={() => void unblockUser(user)}
        >
          Let in again
        </Button>
      ) : (
        <Button
          size="sm"
          variant="outline"
          color="red"
          disabled={blocking !== null}
          title={blocking ?? undefined}
          onClick={() => openBlockUser(user)}
        >
          Block…
        </Button>
      )}
      <Button
        size="sm"
        variant="default"
        disabled={signingOut !== null}
        title={signingOut ?? undefined}
        onClick={() => openSignOutUser(user)}
      >
        End every session…
      </Button>
      <Button
        size="sm"
        variant="default"
        disabled={role !== null}
        title={role ?? undefined}
        onClick={() => openSetRole(user)}
      >
        Role…
      </Button>
    </div>
  );
}
