CREATE TABLE `blocked_addresses` (
	`cidr` text PRIMARY KEY NOT NULL,
	`reason` text,
	`created_at` integer NOT NULL,
	`until` integer
);
--> statement-breakpoint
CREATE INDEX `blocked_addresses_by_time` ON `blocked_addresses` (`created_at`,`cidr`);--> statement-breakpoint
CREATE INDEX `blocked_addresses_by_end` ON `blocked_addresses` (`until`);