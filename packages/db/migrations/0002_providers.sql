CREATE TABLE `flows` (
	`state_hash` text PRIMARY KEY NOT NULL,
	`provider_id` text NOT NULL,
	`issuer` text NOT NULL,
	`sealed_secrets` text NOT NULL,
	`browser_hash` text NOT NULL,
	`next` text NOT NULL,
	`link_user_id` integer,
	`link_session_id` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `flows_by_expiry` ON `flows` (`expires_at`);--> statement-breakpoint
CREATE TABLE `identities` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`provider_id` text NOT NULL,
	`issuer` text NOT NULL,
	`subject` text NOT NULL,
	`label` text,
	`linked_at` integer NOT NULL,
	`used_at` integer NOT NULL,
	`needs_reconnect` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`provider_id`) REFERENCES `providers`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `identities_by_subject` ON `identities` (`issuer`,`subject`);--> statement-breakpoint
CREATE INDEX `identities_by_user` ON `identities` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `identities_by_provider` ON `identities` (`provider_id`,`user_id`);--> statement-breakpoint
CREATE TABLE `identity_tokens` (
	`identity_id` text PRIMARY KEY NOT NULL,
	`sealed_access` text NOT NULL,
	`sealed_refresh` text,
	`expires_at` integer,
	`scopes` text NOT NULL,
	`generation` integer NOT NULL,
	`claimed_until` integer,
	`access_key_id` text GENERATED ALWAYS AS (substr(sealed_access, 4, instr(substr(sealed_access, 4), '.') - 1)) VIRTUAL,
	`refresh_key_id` text GENERATED ALWAYS AS (substr(sealed_refresh, 4, instr(substr(sealed_refresh, 4), '.') - 1)) VIRTUAL,
	FOREIGN KEY (`identity_id`) REFERENCES `identities`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `identity_tokens_by_access_key` ON `identity_tokens` (`access_key_id`);--> statement-breakpoint
CREATE INDEX `identity_tokens_by_refresh_key` ON `identity_tokens` (`refresh_key_id`) WHERE refresh_key_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `provider_health` (
	`provider_id` text PRIMARY KEY NOT NULL,
	`checked_at` integer NOT NULL,
	`ok` integer NOT NULL,
	`checks` text NOT NULL,
	FOREIGN KEY (`provider_id`) REFERENCES `providers`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `providers` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`issuer` text NOT NULL,
	`client_id` text NOT NULL,
	`scopes` text NOT NULL,
	`enabled` integer NOT NULL,
	`source` text NOT NULL,
	`sealed_secret` text NOT NULL,
	`sealed_previous_secret` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`secret_key_id` text GENERATED ALWAYS AS (substr(sealed_secret, 4, instr(substr(sealed_secret, 4), '.') - 1)) VIRTUAL,
	`previous_secret_key_id` text GENERATED ALWAYS AS (substr(sealed_previous_secret, 4, instr(substr(sealed_previous_secret, 4), '.') - 1)) VIRTUAL
);
--> statement-breakpoint
ALTER TABLE `outbox` ADD `key_id` text GENERATED ALWAYS AS (substr(sealed, 4, instr(substr(sealed, 4), '.') - 1)) VIRTUAL;--> statement-breakpoint
CREATE INDEX `outbox_by_key` ON `outbox` (`key_id`) WHERE key_id IS NOT NULL;