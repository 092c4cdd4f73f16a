/**
 * The address of a conversation's WebSocket.
 *
 * @module
 */

/**
 * Writes the address.
 *
 * @param baseUrl Origin of the server, by http or https.
 * @param query What proves who connects; empty for a browser's cookies.
 */
export function chatAddress(
  baseUrl: string,
  conversation: string,
  query: Readonly<Record<string, string>>,
): string {
  const address = `${baseUrl.replace(/^http/, "ws")}/ws/chat/${encodeURIComponent(conversation)}`;
  const search = new URLSearchParams(query);
  return search.size === 0 ? address : `${address}?${search}`;
}
