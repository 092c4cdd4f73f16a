CREATE TABLE `setup_links` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `setup_links_by_expiry` ON `setup_links` (`expires_at`);--> statement-breakpoint
CREATE INDEX `users_by_role` ON `users` (`role`) WHERE role IS NOT NULL;