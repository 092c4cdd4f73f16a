CREATE TABLE `changes` (
	`position` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`subject` text,
	`reason` text
);
--> statement-breakpoint
CREATE TABLE `csp_reports` (
	`directive` text NOT NULL,
	`blocked_origin` text NOT NULL,
	`page_path` text NOT NULL,
	`count` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`directive`, `blocked_origin`, `page_path`)
);
--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`actor_type` text NOT NULL,
	`actor_id` integer,
	`actor_name` text,
	`user_id` integer,
	`username` text,
	`ip` text,
	`user_agent` text,
	`success` integer NOT NULL,
	`details` text NOT NULL,
	`request_id` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `events_by_time` ON `events` (`at`);--> statement-breakpoint
CREATE INDEX `events_by_action` ON `events` (`action`,`at`);--> statement-breakpoint
CREATE INDEX `events_by_user` ON `events` (`user_id`,`at`) WHERE user_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `events_by_ip` ON `events` (`ip`,`at`) WHERE ip IS NOT NULL;--> statement-breakpoint
CREATE INDEX `events_failed` ON `events` (`at`) WHERE success = 0;--> statement-breakpoint
CREATE TABLE `keys` (
	`id` text PRIMARY KEY NOT NULL,
	`ring` text NOT NULL,
	`state` text NOT NULL,
	`sealed_secret` text NOT NULL,
	`public_jwk` text,
	`created_at` integer NOT NULL,
	`current_at` integer,
	`previous_at` integer,
	`retired_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `keys_one_each` ON `keys` (`ring`,`state`) WHERE state IN ('current', 'next');--> statement-breakpoint
CREATE TABLE `limits` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`count` integer NOT NULL,
	`window_ms` integer NOT NULL,
	`scope` text NOT NULL,
	`enabled` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `links` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`user_id` integer NOT NULL,
	`email` text NOT NULL,
	`browser_hash` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `links_by_user` ON `links` (`user_id`);--> statement-breakpoint
CREATE INDEX `links_by_expiry` ON `links` (`expires_at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`sealed` text,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`give_up_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`sent_at` integer,
	`dead_at` integer,
	`error_class` text
);
--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`due_at`,`created_at`) WHERE sent_at IS NULL AND dead_at IS NULL;--> statement-breakpoint
CREATE TABLE `refresh_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`key_id` text NOT NULL,
	`issued_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`spent_at` integer,
	`successor` text,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `refresh_tokens_by_session` ON `refresh_tokens` (`session_id`);--> statement-breakpoint
CREATE INDEX `refresh_tokens_by_key` ON `refresh_tokens` (`key_id`,`expires_at`) WHERE spent_at IS NULL;--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`user_id` integer NOT NULL,
	`kind` text NOT NULL,
	`method` text NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`idle_ms` integer NOT NULL,
	`absolute_ms` integer NOT NULL,
	`ip` text,
	`user_agent` text,
	`ended_at` integer,
	`end_reason` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_secret_hash_unique` ON `sessions` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `sessions_by_user` ON `sessions` (`user_id`,`ended_at`,`id`);--> statement-breakpoint
CREATE INDEX `sessions_ended` ON `sessions` (`ended_at`) WHERE ended_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `signups` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`username` text NOT NULL,
	`name` text,
	`password_hash` text NOT NULL,
	`browser_hash` text,
	`link_hash` text NOT NULL,
	`link_expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `signups_link_hash_unique` ON `signups` (`link_hash`);--> statement-breakpoint
CREATE INDEX `signups_by_email` ON `signups` (`email_key`,`id`);--> statement-breakpoint
CREATE INDEX `signups_by_username` ON `signups` (`username`,`id`);--> statement-breakpoint
CREATE INDEX `signups_by_expiry` ON `signups` (`expires_at`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`username` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`email_verified` integer NOT NULL,
	`name` text,
	`picture` text,
	`password_hash` text,
	`role` text,
	`blocked_at` integer,
	`blocked_until` integer,
	`block_reason` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_username_unique` ON `users` (`username`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_key_unique` ON `users` (`email_key`);