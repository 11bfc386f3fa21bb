CREATE TABLE "budgets" (
	"channel" text PRIMARY KEY NOT NULL,
	"bulk_from" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "outbox_ready";--> statement-breakpoint
CREATE INDEX "outbox_ready" ON "outbox" USING btree ("lane",split_part("address", ':', 1),"not_before","id");