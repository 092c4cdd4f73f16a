CREATE TABLE `heartbeat` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `refresh_tokens_with_successor` ON `refresh_tokens` (`spent_at`) WHERE successor IS NOT NULL;