CREATE TABLE "figures" (
	"day" text NOT NULL,
	"name" text NOT NULL,
	"labels" text NOT NULL,
	"times" bigint NOT NULL,
	CONSTRAINT "figures_day_name_labels_pk" PRIMARY KEY("day","name","labels")
);
--> statement-breakpoint
CREATE TABLE "questions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"words" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "questions_at" ON "questions" USING btree ("at");