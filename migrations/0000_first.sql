CREATE TABLE "conversations" (
	"address" text PRIMARY KEY NOT NULL,
	"person" uuid NOT NULL,
	"revision" bigint NOT NULL,
	"alarm_at" bigint,
	"state" text NOT NULL,
	"buttons" text
);
--> statement-breakpoint
CREATE TABLE "journal" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "journal_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person" uuid NOT NULL,
	"at" bigint NOT NULL,
	"entry" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "link_codes" (
	"address" text PRIMARY KEY NOT NULL,
	"code" text,
	"attempts" integer NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"address" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"lane" text NOT NULL,
	"message" text NOT NULL,
	"nonce" text NOT NULL,
	"attempts" integer NOT NULL,
	"not_before" bigint NOT NULL,
	"leased" boolean NOT NULL,
	"expires_at" bigint,
	CONSTRAINT "outbox_address_id_pk" PRIMARY KEY("address","id")
);
--> statement-breakpoint
CREATE TABLE "persons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"country" text,
	"zone" text NOT NULL,
	"consents" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reminders" (
	"address" text NOT NULL,
	"id" text NOT NULL,
	"flow" text NOT NULL,
	"recurrence" jsonb NOT NULL,
	"zone" text NOT NULL,
	"due_at" bigint,
	"meant_at" bigint,
	CONSTRAINT "reminders_address_id_pk" PRIMARY KEY("address","id")
);
--> statement-breakpoint
CREATE TABLE "updates" (
	"channel" text NOT NULL,
	"id" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "updates_channel_id_pk" PRIMARY KEY("channel","id")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"bot" text NOT NULL,
	"picture" text NOT NULL,
	"file" text NOT NULL,
	CONSTRAINT "uploads_bot_picture_pk" PRIMARY KEY("bot","picture")
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_person_persons_id_fk" FOREIGN KEY ("person") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal" ADD CONSTRAINT "journal_person_persons_id_fk" FOREIGN KEY ("person") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_address_conversations_address_fk" FOREIGN KEY ("address") REFERENCES "public"."conversations"("address") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conversations_alarm_at" ON "conversations" USING btree ("alarm_at") WHERE "conversations"."alarm_at" is not null;--> statement-breakpoint
CREATE INDEX "conversations_person" ON "conversations" USING btree ("person");--> statement-breakpoint
CREATE INDEX "journal_person" ON "journal" USING btree ("person","at");--> statement-breakpoint
CREATE UNIQUE INDEX "link_codes_code" ON "link_codes" USING btree ("code");--> statement-breakpoint
CREATE INDEX "link_codes_expires_at" ON "link_codes" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "outbox_ready" ON "outbox" USING btree ("lane","not_before","id");--> statement-breakpoint
CREATE INDEX "outbox_expires_at" ON "outbox" USING btree ("expires_at") WHERE "outbox"."expires_at" is not null;--> statement-breakpoint
CREATE INDEX "updates_at" ON "updates" USING brin ("at");