/**
 * All that crosses a process, as schemas: the REST calls, their shapes, the frames of the chat,
 * problem codes and names.
 *
 * @module
 */

export * from "./admin/event_outputs.ts";
export * from "./admin/facet_outputs.ts";
export * from "./admin/inputs.ts";
export * from "./admin/operation_words.ts";
export * from "./admin/outputs.ts";
export * from "./admin/permission_words.ts";
export * from "./admin/permissions.ts";
export * from "./admin/summary_outputs.ts";
export * from "./chat/chat_limits.ts";
export * from "./chat/chat_message.ts";
export * from "./chat/chat_user.ts";
export * from "./chat/client_frames.ts";
export * from "./chat/close_codes.ts";
export * from "./chat/server_frames.ts";
export * from "./credentials.ts";
export * from "./field_problems.ts";
export * from "./oauth_refusal.ts";
export * from "./openapi.ts";
export * from "./operation.ts";
export * from "./operations.ts";
export * from "./problem.ts";
export * from "./shapes/account.ts";
export * from "./shapes/conversation.ts";
export * from "./shapes/oauth.ts";
export * from "./shapes/page.ts";
export * from "./shapes/readiness.ts";
export * from "./shapes/session.ts";
export * from "./shapes/status.ts";
export * from "./shapes/timestamp.ts";
export * from "./shapes/tokens.ts";
export * from "./shapes/user.ts";
export * from "./trpc_refusal.ts";
