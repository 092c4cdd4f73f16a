/**
 * `/dashboard`: a small home for whoever is signed in.
 *
 * @module
 */

import "./dashboard.css";
import { Icon, type IconName, relativeTime } from "@postern/ui";
import type { ConversationSummary, Session, User } from "@postern/wire";
import { PageLink } from "../browser/page_link.tsx";
import { AppLayout } from "../layout/app_layout.tsx";
import { SignedIn } from "../layout/signed_in.tsx";
import { useSessions } from "./account/use_sessions.ts";
import { conversationsOf } from "./chat/conversation_pages.ts";
import { useConversations } from "./chat/use_conversations.ts";

/** Draws the page. */
export function DashboardPage() {
  return <SignedIn>{(user) => <Home user={user} />}</SignedIn>;
}

function Home({ user }: { readonly user: User }) {
  return (
    <AppLayout title={`Hello, ${user.name ?? user.username}`} lead="You are in. All is quiet.">
      <div className="pt-card pt-home-card">
        <ChatRow />
        <HomeRow
          href="/account#profile"
          icon="person"
          title="Profile"
          words={`${user.username}, ${user.email}${user.email_verified ? "" : " (not confirmed)"}`}
        />
        <HomeRow
          href="/account#password"
          icon="key"
          title="Password"
          words={
            user.has_password
              ? "Change it; all other devices are then signed out"
              : "You have none yet; set one by mail"
          }
        />
        <DevicesRow />
      </div>
    </AppLayout>
  );
}

function ChatRow() {
  const { data } = useConversations();
  const items = data === undefined ? undefined : conversationsOf(data);
  const words = items === undefined ? "With others who have an account here" : chatWords(items);
  return <HomeRow href="/chat" icon="chat" title="Chat" words={words} />;
}

/** Counts the conversations with something unread. */
function chatWords(items: readonly ConversationSummary[]): string {
  if (items.length === 0) return "Start a conversation with others who have an account here";
  const count = items.filter(({ unread }) => unread > 0).length;
  if (count === 0) return "Nothing unread";
  return `Unread messages in ${count === 1 ? "one conversation" : `${count} conversations`}`;
}

function DevicesRow() {
  const { data } = useSessions();
  const sessions = data?.pages.flatMap((page) => page.items);
  const words = sessions === undefined ? "Where you are signed in" : deviceWords(sessions);
  return <HomeRow href="/account#devices" icon="desktop" title="Devices" words={words} />;
}

/** Counts the devices, and tells when another one was last seen. */
function deviceWords(sessions: readonly Session[]): string {
  const others = sessions.filter((session) => !session.current);
  if (others.length === 0) return "Signed in on this device alone";
  const seenMs = Math.max(...others.map((session) => Date.parse(session.last_seen_at)));
  const count = others.length === 1 ? "one other device" : `${others.length} other devices`;
  return `This one and ${count}, last seen ${relativeTime(seenMs, Date.now())}`;
}

interface HomeRowProps {
  readonly href: string;
  readonly icon: IconName;
  readonly title: string;
  readonly words: string;
}

function HomeRow({ href, icon, title, words }: HomeRowProps) {
  return (
    <PageLink href={href} className="pt-home-row">
      <span className="pt-home-icon">
        <Icon name={icon} />
      </span>
      <span className="pt-home-words">
        <strong>{title}</strong>
        <span>{words}</span>
      </span>
      <span className="pt-home-go">
        <Icon name="arrow" size={18} />
      </span>
    </PageLink>
  );
}
