/**
 * What is there in place of a conversation that one is no member of.
 *
 * @module
 */

import { PageHeading } from "../../layout/page_heading.tsx";
import { BackLink } from "./room_header.tsx";

/** Says so. Whether there is such a conversation is not told to strangers. */
export function RoomGone() {
  return (
    <div className="pt-room-note" role="alert">
      <BackLink />
      <PageHeading title="You are not in this conversation" />
      <p>Only its members can see it. Any of them can add you, unless it has ended.</p>
    </div>
  );
}
