-- Organisations are told what happens to their bookings, at addresses of theirs.
CREATE TYPE "webhook_delivery_state" AS ENUM ('waiting', 'delivered', 'failed');

CREATE TABLE "webhook_endpoint" (
  "id" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "url" TEXT NOT NULL,
  "topics" TEXT[],
  "secret" TEXT NOT NULL,
  "previous" TEXT,
  "previous_until" TIMESTAMPTZ(3),
  "off_at" TIMESTAMPTZ(3),
  "gone" BOOLEAN NOT NULL DEFAULT false,
  "failing_since" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "webhook_endpoint_url" CHECK ("url" ~ '^(https://|http://([a-z0-9-]+\.)*localhost[:/])'),
  CONSTRAINT "webhook_endpoint_topics" CHECK (cardinality("topics") > 0),
  -- A secret is never kept as it is signed with.
  CONSTRAINT "webhook_endpoint_secret" CHECK ("secret" !~ '^whsec_' AND "previous" !~ '^whsec_'),
  CONSTRAINT "webhook_endpoint_previous" CHECK (("previous" IS NULL) = ("previous_until" IS NULL)),
  CONSTRAINT "webhook_endpoint_gone" CHECK (NOT "gone" OR "off_at" IS NOT NULL)
);
CREATE UNIQUE INDEX "webhook_endpoint_id_org_id_key" ON "webhook_endpoint"("id", "org_id");
CREATE INDEX "webhook_endpoint_org_id_idx" ON "webhook_endpoint"("org_id");

CREATE TABLE "webhook_delivery" (
  "id" TEXT NOT NULL,
  "endpoint_id" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "fact_id" BIGINT,
  "event_id" TEXT NOT NULL,
  "topic" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "state" "webhook_delivery_state" NOT NULL DEFAULT 'waiting',
  "tries" INTEGER NOT NULL DEFAULT 0,
  "next_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "webhook_delivery_tries" CHECK ("tries" BETWEEN 0 AND 5),
  CONSTRAINT "webhook_delivery_next" CHECK (("state" = 'waiting') = ("next_at" IS NOT NULL)),
  -- What is sent to an endpoint is its own organisation's.
  CONSTRAINT "webhook_delivery_endpoint_id_org_id_fkey" FOREIGN KEY ("endpoint_id", "org_id") REFERENCES "webhook_endpoint"("id", "org_id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE UNIQUE INDEX "webhook_delivery_endpoint_id_fact_id_key" ON "webhook_delivery"("endpoint_id", "fact_id");
CREATE INDEX "webhook_delivery_endpoint_id_id_idx" ON "webhook_delivery"("endpoint_id", "id");
CREATE INDEX "webhook_delivery_created_at_idx" ON "webhook_delivery"("created_at");

CREATE TABLE "webhook_try" (
  "id" BIGSERIAL NOT NULL,
  "delivery_id" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "ms" INTEGER NOT NULL,
  "outcome" TEXT NOT NULL,
  "status" INTEGER,
  "answer" TEXT NOT NULL DEFAULT '',
  CONSTRAINT "webhook_try_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "webhook_try_answer" CHECK (char_length("answer") <= 500 AND "ms" >= 0),
  CONSTRAINT "webhook_try_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "webhook_delivery"("id") ON DELETE CASCADE ON UPDATE NO ACTION
);
CREATE INDEX "webhook_try_delivery_id_idx" ON "webhook_try"("delivery_id");
